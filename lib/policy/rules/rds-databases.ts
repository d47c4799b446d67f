import type { ClusterArgs, InstanceArgs, ParameterGroupArgs } from "@pulumi/aws/rds";
import type { Expectation } from "../expectations";
import type { PolicyGraph } from "../policy-graph";
import { Subject, violation } from "../rule";
import type { Violation } from "../rule";

/** Type tokens of what holds relational data. */
export const rdsTypes = {
  cluster: "aws:rds/cluster:Cluster",
  clusterInstance: "aws:rds/clusterInstance:ClusterInstance",
  clusterParameterGroup: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  instance: "aws:rds/instance:Instance",
  parameterGroup: "aws:rds/parameterGroup:ParameterGroup",
  proxy: "aws:rds/proxy:Proxy",
} as const;

/** An instance or a cluster: arguments that both have. */
export type DatabaseArgs = InstanceArgs | ClusterArgs;

/** The instance that a read replica follows, if it is of this program. */
export function sourceOf(
  instance: Subject<InstanceArgs>,
  graph: PolicyGraph,
): Subject<InstanceArgs> | undefined {
  const [source] = graph.referredToBy(instance.resource, "replicateSourceDb", rdsTypes.instance);
  return source && new Subject(source);
}

/** What runs in a database. */
export interface Engine {
  /** `postgres`; empty if it is not known. */
  readonly name: string;
  /** `17.7`; unknown where RDS chooses. */
  readonly version: unknown;
}

/** What runs in an instance; a read replica has its source's. */
export function engineOf(instance: Subject<InstanceArgs>, graph: PolicyGraph): Engine {
  const source = sourceOf(instance, graph);
  const name = instance.get("engine") ?? source?.get("engine");
  return {
    name: typeof name === "string" ? name : "",
    version: instance.get("engineVersion") ?? source?.get("engineVersion"),
  };
}

/** By default `rds.force_ssl` is on from these major versions, and `require_secure_transport` from these. */
const forcedFrom: Readonly<Record<string, string>> = {
  postgres: "15",
  "aurora-postgresql": "17",
  mysql: "9.7",
  mariadb: "11.8",
};

/** PostgreSQL without a version is a new one; what the others come with by default is older than the change. */
const currentEngines: readonly string[] = ["postgres"];

const parameterOf = (engine: string) =>
  /^(postgres|aurora-postgresql|sqlserver)/.test(engine)
    ? "rds.force_ssl"
    : "require_secure_transport";

/** A parameter that is switched on. */
export const on: Expectation = {
  isMet: (value) => typeof value === "string" && /^(1|on)$/i.test(value),
  expected: '"1"',
};

/** What lets a database accept connections without TLS: its parameter group, or the engine's default. */
export function plainConnections(
  database: Subject<DatabaseArgs>,
  engine: Engine,
  groupProperty: "parameterGroupName" | "dbClusterParameterGroupName",
  graph: PolicyGraph,
): Violation[] {
  const name = parameterOf(engine.name);
  const [group] = graph.referredToBy(
    database.resource,
    groupProperty,
    rdsTypes.parameterGroup,
    rdsTypes.clusterParameterGroup,
  );
  const value = group && parameter(new Subject(group), name);
  const holds = value === undefined ? isForced(engine) : on.isMet(value);
  const found = value === undefined ? "its default" : JSON.stringify(value);
  return holds ? [] : [violation(`${name} is ${found}, expected ${on.expected}`, groupProperty)];
}

/** The value of a parameter; undefined if the group leaves it at its default. */
export function parameter(group: Subject<ParameterGroupArgs>, name: string): unknown {
  const parameters = group.get("parameters");
  if (!Array.isArray(parameters)) return undefined;
  const index = parameters.findIndex(
    (_, position) => group.get(`parameters.${String(position)}.name`) === name,
  );
  return index < 0 ? undefined : group.get(`parameters.${String(index)}.value`);
}

function isForced({ name, version }: Engine): boolean {
  const first = forcedFrom[name];
  if (first === undefined) return false;
  if (typeof version !== "string") return currentEngines.includes(name);
  // part by part as numbers: 11.10 comes after 11.8
  return version.localeCompare(first, "en", { numeric: true }) >= 0;
}

/** Not the console's default, which attackers try first. */
export const customName: Expectation = {
  isMet: (name) =>
    typeof name !== "string" || !/^(admin|administrator|oracle|postgres|root|sa)$/i.test(name),
  expected: "a name that no one guesses",
};
