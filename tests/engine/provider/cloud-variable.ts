import * as z from "zod";
import { awsClients } from "../../../lib/local/clients";
import type { LocalCloud } from "../../../lib/local/resource";

/** The environment variable that tells the provider where the local cloud is. */
export const cloudVariable = "PAYMENTS_ENGINE_CLOUD";

const cloudSchema = z.object({
  endpoint: z.string(),
  functionEndpoint: z.string(),
  accountId: z.string(),
  region: z.string(),
  database: z.object({
    host: z.string(),
    port: z.number(),
    masterUser: z.string(),
    masterPassword: z.string(),
    caFile: z.string(),
  }),
});

/** A local cloud as text for {@link cloudVariable}. */
export function describeCloud(cloud: LocalCloud): string {
  return JSON.stringify(cloudSchema.parse(cloud));
}

/** The local cloud that {@link cloudVariable} tells of. */
export function describedCloud(text: string | undefined): LocalCloud {
  if (text === undefined)
    throw new Error(`${cloudVariable} is not set: only the test runs this provider`);
  const cloud = cloudSchema.parse(JSON.parse(text));
  return { ...cloud, clients: awsClients(cloud) };
}
