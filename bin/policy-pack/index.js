// Pulumi compiles a pack in TypeScript with all type checks; tsx only strips the types
// without its cache in the shared temporary folder, see bin/tsx.mjs
process.env.TSX_DISABLE_CACHE ||= "1";
require("tsx/cjs");
require("./rules.ts");
