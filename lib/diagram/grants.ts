import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import { statementsOf } from "../policy/statements";
import type { Statement } from "../policy/statements";
import { argument, text } from "./arguments";
import { tokens } from "./tokens";

/** What a role of a function may reach. */
export interface Grant {
  readonly function: RecordedResource;
  readonly target: RecordedResource;
  /** The service that is called: `secretsmanager` also for a database whose password it stores. */
  readonly service: string;
  readonly policy: RecordedResource;
}

/** Types whose resources a service's actions are about. */
const targetTypes: Readonly<Record<string, readonly string[]>> = {
  "cognito-idp": [tokens.userPool],
  dynamodb: [tokens.table],
  "execute-api": [tokens.restApi],
  "rds-db": [tokens.database],
  s3: [tokens.bucket],
  secretsmanager: [tokens.secret, tokens.database],
  sns: [tokens.topic],
};

/** Arguments that name a resource in its ARN. */
const nameArguments = ["name", "bucket", "identifier"];

/** What functions may reach, by the policies of their roles. */
export function grantsOf(graph: ProgramGraph): Grant[] {
  return graph.ofType(tokens.function).flatMap((one) =>
    graph
      .referredToBy(one, "role", tokens.role)
      .flatMap((role) => graph.referringTo(role, tokens.rolePolicy, "role"))
      .flatMap((policy) =>
        (statementsOf(argument(policy, "policy")) ?? []).flatMap((statement) =>
          reached(policy, statement, graph).map((grant) => ({ function: one, policy, ...grant })),
        ),
      ),
  );
}

function reached(
  policy: RecordedResource,
  { effect, actions, resources }: Statement,
  graph: ProgramGraph,
): Pick<Grant, "service" | "target">[] {
  if (effect === "Deny") return [];
  const services = new Set(actions.map((action) => action.replace(/:.*$/, "")));
  // a stream invokes the function, not the other way round
  const arns = resources.filter((arn) => !arn.includes("/stream/"));
  if (arns.length === 0) return [];
  return [...services].flatMap((service) => {
    const candidates = graph.referredToBy(policy, "policy", ...(targetTypes[service] ?? ["none"]));
    const targets =
      candidates.length > 1
        ? candidates.filter((candidate) => arns.some((arn) => isNamed(candidate, arn)))
        : candidates;
    return targets.map((target) => ({ service, target }));
  });
}

function isNamed(resource: RecordedResource, arn: string): boolean {
  const names = [resource.name, ...nameArguments.map((name) => text(resource, name))];
  const parts = arn.split(/[:/]/);
  return names.some((name) => name !== "" && parts.includes(name));
}
