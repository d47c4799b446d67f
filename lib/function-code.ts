import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { BuildOptions } from "esbuild";

/** The functions of the stack: a folder each under `lib/lambda`. */
export const functionNames = ["payment", "migrate", "ledger", "reconcile"] as const;

/** One of {@link functionNames}. */
export type FunctionName = (typeof functionNames)[number];

/** `lib/lambda` beside this file, wherever the program was started. */
export const functionsFolder = path.join(__dirname, "lambda");

/** A function's code, ready to be deployed. */
export interface FunctionCode {
  readonly archive: pulumi.asset.AssetArchive;
  /** SHA-256 in hexadecimal of all files; it changes with the code and only with it. */
  readonly hash: Promise<string>;
}

/** Texts by their path in the function's archive. */
export type FunctionFiles = Readonly<Record<string, string>>;

/** By the function's folder. */
const codes = new Map<string, FunctionCode>();

/**
 * A function's code: `index.mjs`, what that loads, and the files of its `migrations` folder, if it has
 * one. It is bundled while the program runs, so that no stale bundle can be deployed; only a published
 * package brings bundles, which its build has put beside this file. Equal sources give equal bytes on
 * any machine, and each function is bundled once per process.
 *
 * @param folder - in place of `lib/lambda`, with the same folders in it
 */
export function functionCode(name: FunctionName, folder: string = functionsFolder): FunctionCode {
  const own = path.join(folder, name);
  const known = codes.get(own);
  if (known !== undefined) return known;
  const files = functionFiles(name, folder);
  const code = {
    archive: new pulumi.asset.AssetArchive(files.then(assets)),
    hash: files.then((texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex")),
  };
  codes.set(own, code);
  return code;
}

/** The files of {@link functionCode}; those in `folder`, if a build has put them there. */
export async function functionFiles(name: FunctionName, folder: string): Promise<FunctionFiles> {
  const own = path.join(folder, name);
  const built = textsOf(own, (file) => file.endsWith(".mjs"));
  const migrations = textsOf(path.join(own, "migrations"), () => true);
  return {
    ...("index.mjs" in built ? built : await bundle(name, folder)),
    ...Object.fromEntries(
      Object.entries(migrations).map(([file, text]) => [`migrations/${file}`, text]),
    ),
  };
}

function assets(files: FunctionFiles): Record<string, pulumi.asset.Asset> {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [file, new pulumi.asset.StringAsset(text)]),
  );
}

/** A folder's texts by name, in the order of their names. */
function textsOf(folder: string, wanted: (file: string) => boolean): FunctionFiles {
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder).filter(wanted).sort();
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/**
 * What the AWS SDK and pg import only where a process has no credentials in its environment, which in
 * Lambda it always has, or where pg is given no password or told to use its native client. 130 KB of
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

/** The PostgreSQL client: a file of its own, because most runs of the API do not load it. */
const databaseClient = "./pg.mjs";

/** A function as `index.mjs` and the PostgreSQL client beside it. */
async function bundle(name: FunctionName, folder: string): Promise<FunctionFiles> {
  const [index, client] = await Promise.all([
    moduleOf({
      entryPoints: [`./${name}/index`],
      absWorkingDir: folder,
      alias: { pg: databaseClient },
    }),
    moduleOf({ entryPoints: ["pg"], absWorkingDir: folder }),
  ]);
  return { "index.mjs": index, [path.basename(databaseClient)]: client };
}

/** An entry point and what it imports as one minified ES module for Node 20 and later. */
export async function moduleOf(options: BuildOptions): Promise<string> {
  const { build } = await import("esbuild"); // one service for all builds, which keeps no process alive
  const { outputFiles } = await build({
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    external: [...neverLoaded, databaseClient],
    // what CommonJS code counts on and an ES module does not have
    banner: {
      js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url),__dirname=import.meta.dirname;',
    },
    ...options,
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
}
