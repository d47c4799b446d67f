import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { aws } from "./deployed";

/** The documents of all policies of a role: its own, then the managed ones, in JSON. */
export async function policiesOfRole(RoleName: string): Promise<string[]> {
  const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await aws.iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  const documents = await Promise.all([
    ...PolicyNames.map(async (PolicyName) => {
      const found = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return found.PolicyDocument;
    }),
    ...AttachedPolicies.map(async ({ PolicyArn }) => {
      const { Policy } = await aws.iam.send(new GetPolicyCommand({ PolicyArn }));
      const found = await aws.iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      return found.PolicyVersion?.Document;
    }),
  ]);
  return documents.map((document) => decodeURIComponent(document ?? ""));
}
