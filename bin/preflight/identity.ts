import { GetRoleCommand, type IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { CommandError } from "../operations/command";
import { connectionError } from "../operations/target";

/** Whose credentials are used. */
export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/** Errors of credentials that are wrong, expired, or of an account that has not enabled the region. */
const refusals = new Set([
  "AuthFailure",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/**
 * Asks AWS whose the credentials are, which needs no permission.
 *
 * @throws {@link CommandError} with what to do, where AWS gives no answer.
 */
export async function callerIdentity(sts: STSClient, region: string): Promise<Identity> {
  try {
    const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (account === undefined || arn === undefined) throw new Error("without an account");
    return { account, arn };
  } catch (error) {
    throw new CommandError(explanation(error, region), { cause: error });
  }
}

function explanation(error: unknown, region: string): string {
  const { name, message } =
    error instanceof Error ? error : { name: "Error", message: String(error) };
  const code = connectionError(error);
  if (code !== undefined || name === "TimeoutError") {
    return `AWS (${region}) does not respond (${code ?? name}). Check the network, the region's name and AWS_ENDPOINT_URL.`;
  }
  if (refusals.has(name)) {
    return `AWS does not take these credentials in ${region} (${name}): they are wrong or expired, or the account has not enabled the region.`;
  }
  if (/CredentialsProvider|Token|SSO/.test(name)) {
    return `There are no AWS credentials (${message}). Give them in any way that the AWS SDK knows, AWS_PROFILE for example.`;
  }
  return `AWS (${region}) gives no answer: ${name}: ${message}`;
}

/**
 * The user or role behind credentials, as IAM knows it. The ARN of an assumed role's session lacks the role's path,
 * which those of IAM Identity Center have.
 */
export async function principalOf(arn: string, iam: IAMClient): Promise<string> {
  const [, partition = "", account = "", role] =
    /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) return arn;
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role }));
    if (Role?.Arn !== undefined) return Role.Arn;
  } catch {
    // not permitted: most roles have no path
  }
  return `arn:${partition}:iam::${account}:role/${role}`;
}
