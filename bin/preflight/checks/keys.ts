import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { statementsOf } from "../../../lib/policy/statements";
import type { Statement } from "../../../lib/policy/statements";
import { textOf } from "../check";
import type { Check, Context } from "../check";
import { asked, ifThere } from "../finding";
import type { Finding } from "../finding";

const permissions = ["kms:DescribeKey", "kms:GetKeyPolicy"];

/** Whether IAM policies of the account can let somebody change the key's policy: else a mistake in it is for ever. */
function isAdministrable(statements: readonly Statement[], account: string): boolean {
  return statements.some(
    ({ effect, principals, actions }) =>
      effect === "Allow" &&
      principals.some((one) => one === account || one.endsWith(`:${account}:root`)) &&
      actions.some((action) => ["kms:*", "kms:Put*", "kms:PutKeyPolicy", "*"].includes(action)),
  );
}

async function findingsOf(alias: string, context: Context): Promise<Finding[]> {
  const { clients, identity } = context;
  const key = await ifThere(clients.kms.send(new DescribeKeyCommand({ KeyId: alias })));
  const { KeyId, KeyState } = key?.KeyMetadata ?? {};
  // before the first deployment
  if (KeyId === undefined) return [];
  if (KeyState !== "Enabled") {
    return [
      {
        level: "problem",
        what: `its key ${KeyId} is ${String(KeyState)}: nothing that it encrypts can be used`,
        where: alias,
        whatToDo: `aws kms cancel-key-deletion --key-id ${KeyId}, then aws kms enable-key --key-id ${KeyId}`,
      },
    ];
  }
  const { Policy } = await clients.kms.send(new GetKeyPolicyCommand({ KeyId }));
  if (isAdministrable(statementsOf(Policy) ?? [], identity.account)) {
    return [
      { level: "ok", what: "its key is enabled, and the account may administer it", where: alias },
    ];
  }
  return [
    {
      level: "warning",
      what: "its key's policy does not let the account administer it: only whom it names can change it",
      where: alias,
      whatToDo: `look at it: aws kms get-key-policy --key-id ${KeyId}`,
    },
  ];
}

/** Whether the keys that are there already can be used and administered. */
export const keyCheck: Check = {
  name: "keys",
  permissions,
  run: async (context) => {
    const aliases = context.graph
      .ofType("aws:kms/alias:Alias")
      .flatMap((alias) => textOf(alias, "name") ?? []);
    const found = await Promise.all(
      aliases.map((alias) => asked(alias, permissions, () => findingsOf(alias, context))),
    );
    return found.flat();
  },
};
