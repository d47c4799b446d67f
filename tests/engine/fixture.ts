import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import { specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import * as z from "zod";

const folder = path.join(__dirname, "fixtures");

const fileOf = (environment: string) => path.join(folder, `${environment}.json.gz`);

const textAsset = z.looseObject({
  [specialSigKey]: z.literal(specialAssetSig),
  text: z.string(),
});

const deploymentSchema = z.object({ version: z.number(), deployment: z.unknown() });

/** The state that the last release left in an environment, as its engine stored it. */
export function readFixture(environment: string): Deployment {
  const text = gunzipSync(fs.readFileSync(fileOf(environment))).toString();
  const { version, deployment } = deploymentSchema.parse(JSON.parse(text));
  return { version, deployment };
}

/** Where in the sources a resource was made: paths of the machine that made the fixture. */
const origins = ["sourcePosition", "stackTrace"];

/**
 * Writes a state as the last release's, without where it was made and without the functions' code: the
 * engine compares its hash. Not an empty text, which is no asset to the SDK.
 */
export function writeFixture(environment: string, state: Deployment): void {
  const text = JSON.stringify(
    state,
    (key, value: unknown) => {
      if (origins.includes(key)) return undefined;
      const asset = textAsset.safeParse(value);
      return asset.success ? { ...asset.data, text: "left out" } : value;
    },
    1,
  );
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(fileOf(environment), gzipSync(text));
}
