import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { policiesOfRole } from "../role-policies";
import { aws, text } from "../deployed";

const sts = new STSClient({ region: text("region") });

/**
 * Creates and assumes a role with the permissions of a deployed role, on other resources.
 *
 * @param name - The new role's name.
 * @param deployed - Name of the deployed role.
 * @param resources - Replacements in the copy for names of the deployed role's resources.
 * @returns the credentials as environment variables.
 */
export async function takeCopyOfRole(
  name: string,
  deployed: string,
  resources: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { Role } = await aws.iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${text("accountId")}:root` },
          Action: "sts:AssumeRole",
        },
      }),
    }),
  );
  for (const [index, document] of (await policiesOfRole(deployed)).entries()) {
    const PolicyDocument = Object.entries(resources).reduce(
      (policy, [from, to]) => policy.replaceAll(from, to),
      document,
    );
    await aws.iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: `policy-${String(index)}`,
        PolicyDocument,
      }),
    );
  }
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: name }),
  );
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
  };
}
