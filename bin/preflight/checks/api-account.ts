import { GetAccountCommand } from "@aws-sdk/client-api-gateway";
import { GetRoleCommand, paginateListRoles } from "@aws-sdk/client-iam";
import { environmentTypes } from "../../../lib/types";
import type { Check, Context } from "../check";
import { asked } from "../finding";
import type { Finding } from "../finding";

const accountType = "aws:apigateway/account:Account";

const settingPermissions = ["apigateway:GET"];
const rolePermissions = ["iam:ListRoles", "iam:GetRole"];

/** What this program's logging roles are called, in any environment: their ends are random. */
function namePrefixes({ graph, environment }: Context): string[] {
  const [account] = graph.ofType(accountType);
  if (account === undefined) return [];
  return graph.referredToBy(account, "cloudwatchRoleArn").flatMap(({ inputs }) => {
    const prefix = inputs["namePrefix"];
    if (typeof prefix !== "string" || !prefix.startsWith(`${environment}-`)) return [];
    return environmentTypes.map((other) => `${other}${prefix.slice(environment.length)}`);
  });
}

function isOf(prefixes: readonly string[], name: string): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** What the deployment would do to the region's logging role, which is the account's. */
function settingFinding(context: Context, roleArn: string | undefined): Finding {
  const { graph, state, project, stack } = context;
  const where = "the region's API Gateway logging role";
  const isManaged = graph.ofType(accountType).length > 0;
  if (!isManaged && roleArn === undefined) {
    return {
      level: "problem",
      what: "there is none, and the stack makes none: its APIs' stages, which log, are refused",
      where,
      whatToDo: `pulumi config set --path '${project}:api.accountLogging' managed --stack ${stack}`,
    };
  }
  if (!isManaged) return { level: "ok", what: `is there: ${String(roleArn)}`, where };
  if (roleArn === undefined)
    return { level: "ok", what: "there is none: the stack sets it", where };
  const hasSetIt = "graph" in state && state.graph.ofType(accountType).length > 0;
  if (hasSetIt) {
    return { level: "ok", what: `is ${roleArn}: the stack leaves it as it is`, where };
  }
  const isOurs = isOf(namePrefixes(context), nameOf(roleArn));
  return {
    level: "unknown" in state && isOurs ? "warning" : "problem",
    what: isOurs
      ? `is ${roleArn}, which another stack of this program has set, or an earlier one: the first deployment would replace it`
      : `is ${roleArn}, which is somebody else's: the first deployment would replace it`,
    where,
    whatToDo: `pulumi config set --path '${project}:api.accountLogging' external --stack ${stack}`,
  };
}

/** Roles that earlier stacks left, which no stage of this region logs by. */
async function leftovers(context: Context, roleArn: string | undefined): Promise<Finding[]> {
  const { iam } = context.clients;
  const prefixes = namePrefixes(context);
  const known = "graph" in context.state ? context.state.graph : undefined;
  const found: Finding[] = [];
  if (prefixes.length === 0) return found;
  for await (const { Roles = [] } of paginateListRoles({ client: iam }, {})) {
    for (const { RoleName: name = "", Arn: arn } of Roles) {
      if (!isOf(prefixes, name) || arn === roleArn) continue;
      if (known?.ofType("aws:iam/role:Role").some(({ id }) => id === name) === true) continue;
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
      const { LastUsedDate: date, Region: region } = Role?.RoleLastUsed ?? {};
      const used = date === undefined ? "not used" : `used last in ${String(region)}`;
      const when = date === undefined ? "in 400 days" : `on ${date.toISOString().slice(0, 10)}`;
      found.push({
        level: "ok",
        what: `an earlier stack's logging role, ${used} ${when}: it can be deleted if no other region logs by it`,
        where: name,
      });
    }
  }
  return found;
}

/** The one setting of the account that a stack makes, which several stacks must not fight over. */
export const apiAccountCheck: Check = {
  name: "API logging role",
  permissions: [...settingPermissions, ...rolePermissions],
  run: async (context) => {
    if (context.graph.ofType("aws:apigateway/stage:Stage").length === 0) return [];
    const { cloudwatchRoleArn } = await context.clients.apiGateway.send(new GetAccountCommand({}));
    // an account without one has an empty text, or nothing
    const roleArn = cloudwatchRoleArn === "" ? undefined : cloudwatchRoleArn;
    return [
      settingFinding(context, roleArn),
      ...(await asked("earlier logging roles", rolePermissions, () => leftovers(context, roleArn))),
    ];
  },
};
