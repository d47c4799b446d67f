import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

/** The functions of the stack: a folder each under `lib/lambda`. */
export type FunctionName = "payment" | "migrate" | "ledger" | "reconcile";

/** `lib/lambda` beside this file, wherever the program was started. */
const functionsFolder = path.join(__dirname, "lambda");

/** A function's code, ready to be deployed. */
export interface FunctionCode {
  readonly archive: pulumi.asset.AssetArchive;
  /** SHA-256 in hexadecimal of all files; it changes with the code and only with it. */
  readonly hash: string;
}

/**
 * A function's code, bundled now, so that no stale bundle can be deployed: `index.mjs` with everything
 * that it imports, and the files of its `migrations` folder, if it has one. Equal sources give equal
 * bytes on any machine.
 */
export function functionCode(name: FunctionName): FunctionCode {
  const files = { "index.mjs": bundle(name), ...migrations(name) };
  const assets = Object.entries(files).map(
    ([file, text]) => [file, new pulumi.asset.StringAsset(text)] as const,
  );
  return {
    archive: new pulumi.asset.AssetArchive(Object.fromEntries(assets)),
    hash: createHash("sha256").update(JSON.stringify(files)).digest("hex"),
  };
}

function migrations(name: FunctionName): Record<string, string> {
  const folder = path.join(functionsFolder, name, "migrations");
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder).sort();
  return Object.fromEntries(
    files.map((file) => [`migrations/${file}`, fs.readFileSync(path.join(folder, file), "utf8")]),
  );
}

/**
 * What the AWS SDK and pg import only where a process has no credentials in its environment, which in
 * Lambda it always has, or where pg is told to use its native client. 130 KB of each bundle.
 */
const neverLoaded = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
  "pg-native",
];

/** A function as one minified ES module for Node 20 and later. */
export function bundle(name: FunctionName): string {
  const { outputFiles } = buildSync({
    entryPoints: [`./${name}/index`],
    absWorkingDir: functionsFolder,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    write: false,
    external: neverLoaded,
    // what CommonJS code counts on and an ES module does not have
    banner: {
      js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url),__dirname=import.meta.dirname;',
    },
  });
  return outputFiles.map(({ text }) => text).join("");
}
