// Packages that are loaded when they are first used. Pulumi's SDK loads the TypeScript compiler and npm's own tree of
// packages, to serialize functions and to serve components: a third of what it takes to load, and no command does either.
import { Module, createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// as Pulumi's SDK finds them
const require = createRequire(path.join(root, "node_modules/@pulumi/pulumi/package.json"));

for (const name of ["typescript", "@npmcli/arborist"]) {
  const file = require.resolve(name);
  const module = new Module(file);
  module.filename = file;
  module.loaded = true;
  module.exports = new Proxy(
    {},
    {
      get(_, key) {
        // a package that is asked this is about to have all its members copied
        if (key === "__esModule") return true;
        if (require.cache[file] === module) delete require.cache[file];
        return require(file)[key];
      },
    },
  );
  require.cache[file] = module;
}
