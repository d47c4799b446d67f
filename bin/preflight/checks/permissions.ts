import { paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import type { ContextEntry, EvaluationResult } from "@aws-sdk/client-iam";
import { counted } from "../../../lib/core/counted";
import type { PolicyStatement } from "../../pipeline/policy";
import type { Check, Context } from "../check";
import { asked } from "../finding";
import type { Finding } from "../finding";

const permissions = ["iam:SimulatePrincipalPolicy"];

/** Actions in a call, each of which is evaluated for each resource: long calls are refused (nccgroup/PMapper#6). */
const actionsACall = 20;

const listOf = (value: string | readonly string[]) => (typeof value === "string" ? [value] : value);

function inShort([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${counted(others.length, "other")}`;
}

/** What a call of the deployment has: the region, and values by which the statement's conditions are met. */
function contextOf({ Condition: condition = {} }: PolicyStatement, region: string): ContextEntry[] {
  const values = Object.values(condition).flatMap((keys) => Object.entries(keys));
  const all = new Map([["aws:RequestedRegion", [region]], ...values] as const);
  return [...all].map(([ContextKeyName, of]) => ({
    ContextKeyName,
    ContextKeyType: "string",
    ContextKeyValues: [...listOf(of).slice(0, 1)],
  }));
}

/** Why an action is not allowed on one of the resources; undefined if it is. */
function refusalOf(result: EvaluationResult): { why: string; isSure: boolean } | undefined {
  const parts = (result.ResourceSpecificResults ?? []).map((one) => ({
    decision: one.EvalResourceDecision,
    missing: one.MissingContextValues ?? [],
  }));
  const all =
    parts.length > 0
      ? parts
      : [{ decision: result.EvalDecision, missing: result.MissingContextValues ?? [] }];
  const refused = all.find(({ decision }) => decision !== "allowed");
  if (refused === undefined) return undefined;
  if (result.OrganizationsDecisionDetail?.AllowedByOrganizations === false)
    return { why: "the organization's policies forbid", isSure: true };
  if (result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return { why: "its permissions boundary forbids", isSure: true };
  if (refused.decision === "explicitDeny")
    return { why: "a policy denies", isSure: refused.missing.length === 0 };
  if (refused.missing.length > 0)
    return { why: `depend on ${refused.missing.join(", ")}:`, isSure: false };
  return { why: "no policy allows", isSure: true };
}

/** What of a statement the deployer may not do. */
async function refusals(statement: PolicyStatement, context: Context): Promise<Finding[]> {
  // the simulator takes whole names only (aws/aws-cli#8650)
  const actions = listOf(statement.Action).filter((action) => !action.includes("*"));
  const byReason = new Map<string, { level: "problem" | "warning"; actions: Set<string> }>();
  for (let at = 0; at < actions.length; at += actionsACall) {
    const pages = paginateSimulatePrincipalPolicy(
      { client: context.clients.iam },
      {
        PolicySourceArn: context.deployer,
        ActionNames: actions.slice(at, at + actionsACall),
        ResourceArns: [...listOf(statement.Resource ?? "*")],
        ContextEntries: contextOf(statement, context.region),
      },
    );
    for await (const { EvaluationResults = [] } of pages) {
      for (const result of EvaluationResults) {
        const refusal = refusalOf(result);
        if (refusal === undefined) continue;
        const level = refusal.isSure ? ("problem" as const) : ("warning" as const);
        const known = byReason.get(refusal.why) ?? { level, actions: new Set<string>() };
        byReason.set(refusal.why, known);
        known.actions.add(String(result.EvalActionName));
      }
    }
  }
  return [...byReason].map(([why, { level, actions: refused }]) => ({
    level,
    what: `${why} ${[...refused].join(", ")}`,
    where: `${statement.Sid} (${inShort(listOf(statement.Resource ?? "*"))})`,
    whatToDo: `give ${context.deployer} what npm run deployment-policy -- --stack ${context.stack} prints, or name who deploys by --deployer`,
  }));
}

/** Whether who deploys may do what the deployment needs, as IAM's simulator sees it. */
export const permissionCheck: Check = {
  name: "permissions",
  permissions,
  run: async (context) => {
    const { statements, deployer } = context;
    // nothing limits the root user but the organization; account.ts warns of it
    if (deployer.endsWith(":root")) return [];
    const found: Finding[] = [];
    // one after the other: the simulator is throttled early
    for (const statement of statements) {
      const some = await asked(deployer, permissions, () => refusals(statement, context));
      found.push(...some);
      if (some.some(({ what }) => what.startsWith("could not be asked"))) return found;
    }
    if (found.length > 0) return found;
    const count = new Set(statements.flatMap(({ Action }) => listOf(Action))).size;
    return [{ level: "ok", what: `allowed all ${String(count)} actions`, where: deployer }];
  },
};
