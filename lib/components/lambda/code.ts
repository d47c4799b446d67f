import { createHash } from "node:crypto";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { functionFiles, functionsFolder } from "./bundles";
import type { FunctionFiles, FunctionName } from "./bundles";

/** A function's code, ready to be deployed. */
export interface FunctionCode {
  readonly archive: pulumi.asset.AssetArchive;
  /** SHA-256 in hexadecimal of all files; it changes with the code and only with it. */
  readonly hash: Promise<string>;
}

/** By the function's folder. */
const codes = new Map<string, FunctionCode>();

/**
 * A function's code. It is bundled while the program runs, so that no stale bundle can be deployed; only
 * a published package brings bundles, which its build has put beside this file. Equal sources give equal
 * bytes on any machine.
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

function assets(files: FunctionFiles): Record<string, pulumi.asset.Asset> {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [file, new pulumi.asset.StringAsset(text)]),
  );
}
