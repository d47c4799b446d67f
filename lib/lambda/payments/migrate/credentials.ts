import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { backgroundClient } from "../../aws/clients";
import { required } from "../../aws/environment";

/** The database's master user; the shape is that of the secrets which RDS makes. */
export interface MasterCredentials {
  readonly username: string;
  readonly password: string;
}

const schema = z.object({ username: z.string(), password: z.string() });
const secrets = new SecretsManagerClient(backgroundClient);

/** The master user's name and password as they are now: RDS changes the password every week. */
export async function masterCredentials(): Promise<MasterCredentials> {
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: required("DB_SECRET_ARN") }),
  );
  const credentials = schema.safeParse(parsedJson(SecretString ?? ""));
  if (!credentials.success)
    throw new Error("The secret in DB_SECRET_ARN is not a JSON object with username and password");
  return credentials.data;
}

/** Undefined for what is no JSON: the parser's own message would quote the secret. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
