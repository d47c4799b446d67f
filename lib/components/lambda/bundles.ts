import * as fs from "node:fs";
import * as path from "node:path";
import { zip } from "es-toolkit/array/zip";
import type { BuildOptions } from "esbuild";
import { noticesFile, noticesOf, packageFolders } from "./notices";

/** A function by its folder under `lib/lambda`, which is in that of its module: `payments/ledger`. */
export type FunctionName = `${string}/${string}`;

/** `lib/lambda` of this package, wherever the program was started. */
export const functionsFolder = path.join(__dirname, "../../lambda");

/** Every function: a folder of a module's folder that has an entry point, as source or bundled. */
export function functionNames(folder: string): FunctionName[] {
  const foldersIn = (parent: string) =>
    fs
      .readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
      .map(({ name }) => name)
      .sort();
  return foldersIn(folder).flatMap((module) =>
    foldersIn(path.join(folder, module))
      .filter((name) =>
        ["index.ts", "index.mjs"].some((file) =>
          fs.existsSync(path.join(folder, module, name, file)),
        ),
      )
      .map((name): FunctionName => `${module}/${name}`),
  );
}

/** Texts by their path in the function's archive. */
export type FunctionFiles = Readonly<Record<string, string>>;

/**
 * The files that a function consists of: `index.mjs`, what that loads, the licences of both, and those of its
 * `migrations` folder, if it has one. The modules are bundled from the sources; only where there are none, in a
 * published package, are they what its build has put there.
 *
 * @param folder - in place of `lib/lambda`, with the same folders in it
 */
export async function functionFiles(name: FunctionName, folder: string): Promise<FunctionFiles> {
  const own = path.join(folder, name);
  // a module that lies beside its source is not what was read and tested
  const hasSource = fs.existsSync(path.join(own, "index.ts"));
  const built = hasSource ? {} : textsOf(own, ".mjs", noticesFile);
  const migrations = textsOf(path.join(own, "migrations"), ".sql");
  return {
    ...("index.mjs" in built ? built : (await bundleFunctions(folder)).get(name)),
    ...Object.fromEntries(
      Object.entries(migrations).map(([file, text]) => [`migrations/${file}`, text]),
    ),
  };
}

/** A folder's texts whose names end so, by name, in the order of their names. */
function textsOf(folder: string, ...endings: readonly string[]): FunctionFiles {
  if (!fs.existsSync(folder)) return {};
  const files = fs
    .readdirSync(folder)
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/**
 * What the AWS SDK and pg import only where a process has no credentials in its environment, which in
 * Lambda it always has, or where pg has no password or is configured to use its native client. 130 KB of
 * each bundle.
 */
const neverLoaded = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
  "pg-native",
  "pgpass",
];

const eventStreams = "./event-streams.mjs";

/** Packages that are files of their own, beside the functions that load them. */
const separate = { pg: "./pg.mjs", "@smithy/core/event-streams": eventStreams } as const;

/** The modules of every function. */
type Bundles = ReadonlyMap<FunctionName | undefined, FunctionFiles>;

/** By the folder of the sources. */
const bundles = new Map<string, Promise<Bundles>>();

/**
 * Bundles every function, once per process and folder. esbuild works beside this process: the earlier
 * this is called, the less is waited for.
 */
export function bundleFunctions(folder: string): Promise<Bundles> {
  const known = bundles.get(folder);
  if (known !== undefined) return known;
  const made = bundle(folder);
  bundles.set(folder, made);
  return made;
}

/** All functions in one build, which reads what they share once. */
async function bundle(absWorkingDir: string): Promise<Bundles> {
  const names = functionNames(absWorkingDir);
  const [indexes, others] = await Promise.all([
    modulesOf({
      entryPoints: names.map((name) => `./${name}/index`),
      absWorkingDir,
      alias: separate,
      outdir: "unused", // several modules have names, though nothing is written
    }),
    modulesOf({ entryPoints: Object.keys(separate), absWorkingDir, outdir: "unused" }),
  ]);
  const beside = zip(Object.values(separate), others);
  return new Map(
    indexes.map((index, at) => {
      const modules = [
        { ...index, file: "./index.mjs" },
        ...beside
          .filter(([file]) => loads(index, file))
          .map(([file, module]) => ({ ...module, file })),
      ];
      return [
        names[at],
        {
          [noticesFile]: noticesOf([...new Set(modules.flatMap(({ packages }) => packages))]),
          ...Object.fromEntries(modules.map(({ file, text }) => [path.basename(file), text])),
        },
      ];
    }),
  );
}

/**
 * Whether a function loads a file beside it. AWS clients import event streams dynamically for operations that none of
 * our functions calls; only some import them with their own code.
 */
function loads({ imports }: Module, file: string): boolean {
  return imports.some((one) => one.file === file && !(one.isDynamic && file === eventStreams));
}

/** A bundle. */
interface Module {
  readonly text: string;
  /** What it imports of files beside it. */
  readonly imports: readonly { readonly file: string; readonly isDynamic: boolean }[];
  /** The folders of the packages that it has something of. */
  readonly packages: readonly string[];
}

/** Each entry point with what it imports, in their order, as minified ES modules for Node 20 and later. */
export async function modulesOf(
  options: BuildOptions & { readonly absWorkingDir: string },
): Promise<Module[]> {
  const { build } = await import("esbuild"); // one service for all builds, which keeps no process alive
  const { outputFiles, metafile } = await build({
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none", // the licences are in a file of their own
    external: [...neverLoaded, ...Object.values(separate)],
    // nothing that lies in a folder above, or beside a module under the same name, changes what it is
    tsconfigRaw: {},
    resolveExtensions: [".ts", ".js", ".json"],
    // what CommonJS code counts on and an ES module does not have
    banner: {
      js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url),__dirname=import.meta.dirname;',
    },
    ...options,
    write: false,
    metafile: true,
  });
  // both are in the order of the entry points
  const contents = Object.values(metafile.outputs);
  return zip(outputFiles, contents).map(([{ text }, { imports, inputs }]) => ({
    text,
    imports: imports.map(({ path: file, kind }) => ({
      file,
      isDynamic: kind === "dynamic-import",
    })),
    packages: packageFolders(inputs, options.absWorkingDir),
  }));
}
