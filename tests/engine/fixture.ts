import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Deployment } from "@pulumi/pulumi/automation";
import * as z from "zod";

const folder = path.join(__dirname, "fixtures");

const fileOf = (environment: string) => path.join(folder, `${environment}.json.gz`);

const deploymentSchema = z.object({ version: z.number(), deployment: z.unknown() });

/** The state that the last release left in an environment, as its engine kept it. */
export function readFixture(environment: string): Deployment {
  const text = gunzipSync(fs.readFileSync(fileOf(environment))).toString();
  const { version, deployment } = deploymentSchema.parse(JSON.parse(text));
  return { version, deployment };
}

/** Keeps a state as the last release's. */
export function writeFixture(environment: string, state: Deployment): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(fileOf(environment), gzipSync(JSON.stringify(state, undefined, 1)));
}
