import type { Check, Context } from "../../../bin/preflight/check";
import { clientsIn } from "../../../bin/preflight/clients";
import type { Finding, Level } from "../../../bin/preflight/finding";
import { runChecks } from "../../../bin/preflight/run";
import { stateGraph } from "../../../lib/policy/sources/state";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

export const region = "eu-central-1";
export const account = "111122223333";
export const deployer = `arn:aws:iam::${account}:role/deploy`;

/** A stack with every module that is to be deployed for the first time, as a role that may everything. */
export async function firstDeployment(environment: EnvironmentType = "prod"): Promise<Context> {
  return {
    stack: environment,
    project: "payments",
    environment,
    region,
    partition: "aws",
    identity: { account, arn: `arn:aws:sts::${account}:assumed-role/deploy/session` },
    deployer,
    statements: [],
    graph: await environmentGraph(environment, ["all"]),
    state: { graph: stateGraph({ version: 3, deployment: {} }, "no state") },
    clients: clientsIn(region),
  };
}

/** What one check finds. */
export async function findingsOf(check: Check, context: Context): Promise<readonly Finding[]> {
  const [result] = await runChecks([check], context);
  return result?.findings ?? [];
}

/** The findings of a level, in a line each. */
export const lines = (findings: readonly Finding[], level: Level) =>
  findings.filter((one) => one.level === level).map(({ where, what }) => `${where}: ${what}`);

/** An error as a service answers with it. */
export function answer(name: string, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

/** How IAM refuses what a policy does not allow. */
export const denied = (action: string) =>
  answer("AccessDenied", `User: x is not authorized to perform: ${action} on resource: y`);
