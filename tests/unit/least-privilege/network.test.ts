import * as z from "zod";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import { statementsOf } from "../../least-privilege/comparison";
import { lambdaUses, streamUses } from "../../least-privilege/service-uses";
import { environmentGraph, environmentVariants } from "../environment-graph";

/** Actions that Lambda itself takes as a function's role, from a network of its own. */
const byLambda = [...lambdaUses(""), ...streamUses("", "")].map(({ action }) => action);

/** Statements of such actions, which functions may take by themselves elsewhere. */
const ofLambda: readonly string[] = ["DeadLetterBucket", "ExpiredChanges"];

/** An action that functions of a security group may take by themselves. */
interface Call {
  readonly group: string;
  readonly action: string;
}

const vpcSchema = z.looseObject({ securityGroupIds: z.tuple([z.string()]) });

/** What the functions may call by themselves; the integration suite shows that they call all of it. */
function callsOf(graph: ProgramGraph): Call[] {
  return graph.ofType("aws:lambda/function:Function").flatMap(({ inputs }) => {
    // by the role: functions may share one
    const role = graph
      .ofType("aws:iam/role:Role")
      .find((one) => String(inputs["role"]).endsWith(`:role/${String(one.inputs["name"])}`));
    const policy = graph.one(
      "aws:iam/rolePolicy:RolePolicy",
      role?.name.replace(/-role$/, "-policy"),
    );
    const [group] = vpcSchema.parse(inputs["vpcConfig"]).securityGroupIds;
    return (
      statementsOf(policy.inputs["policy"])
        // Lambda alone lists the bucket of what the function did not process, and writes that there
        .filter(({ Effect, Sid }) => Effect === "Allow" && !ofLambda.includes(Sid))
        .flatMap(({ Action }) => Action)
        .filter((action) => action.startsWith("s3:") || !byLambda.includes(action))
        .map((action) => ({ group, action }))
    );
  });
}

/** Services that functions call at public addresses, by NAT gateways; APIs where none is private. */
const atPublicAddresses = (graph: ProgramGraph) => [
  "cognito-idp",
  ...(hasPrivateApi(graph) ? [] : ["execute-api"]),
];

function hasPrivateApi(graph: ProgramGraph): boolean {
  return graph
    .ofType("aws:apigateway/restApi:RestApi")
    .some(({ inputs }) => JSON.stringify(inputs["endpointConfiguration"]).includes("PRIVATE"));
}

const service = (action: string) => action.split(":")[0] ?? "";

const ruleSchema = z.looseObject({
  securityGroupId: z.string(),
  referencedSecurityGroupId: z.string().optional(),
  prefixListId: z.string().optional(),
  cidrIpv4: z.string().optional(),
  cidrIpv6: z.string().optional(),
  ipProtocol: z.string(),
  fromPort: z.number(),
  toPort: z.number(),
});

/** `out` or `in`, the group, its counterpart and what may pass. */
const rule = (direction: string, { inputs }: RecordedResource) => {
  const one = ruleSchema.parse(inputs);
  const other =
    one.referencedSecurityGroupId ?? one.prefixListId ?? one.cidrIpv4 ?? one.cidrIpv6 ?? "anything";
  const ports = `${one.ipProtocol} ${String(one.fromPort)}-${String(one.toPort)}`;
  return `${direction} ${one.securityGroupId} ${other} ${ports}`;
};

/** The rules that a call to a service needs, on both sides; `rds-db` is PostgreSQL's own protocol. */
function rulesFor(graph: ProgramGraph, { group: functions, action }: Call): string[] {
  const called = service(action);
  const group = (purpose: string) =>
    `${graph.one("aws:ec2/securityGroup:SecurityGroup", `payments-security-groups-${purpose}`).name}-id`;
  const between = (other: string, port: string) => [
    `out ${functions} ${other} ${port}`,
    `in ${other} ${functions} ${port}`,
  ];
  if (called === "rds-db") return between(group("database"), "tcp 5432-5432");
  if (atPublicAddresses(graph).includes(called)) return [`out ${functions} 0.0.0.0/0 tcp 443-443`];
  const endpoint = endpointOf(graph, called);
  if (endpoint.inputs["vpcEndpointType"] === "Interface") {
    const own = group(called === "execute-api" ? "api-endpoint" : "endpoints");
    expect(endpoint.inputs["securityGroupIds"]).toEqual([own]);
    return between(own, "tcp 443-443");
  }
  return [`out ${functions} pl-${endpoint.name} tcp 443-443`];
}

function endpointOf(graph: ProgramGraph, called: string): RecordedResource {
  const found = graph
    .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
    .find(({ inputs }) => String(inputs["serviceName"]).endsWith(`.${called}`));
  if (found === undefined) throw new Error(`functions call ${called}, which has no endpoint`);
  return found;
}

/** What others call from within the network: a private API, as members of a group that is there for them. */
function callsOfOthers(graph: ProgramGraph): Call[] {
  return hasPrivateApi(graph)
    ? [{ group: "payments-security-groups-api-callers-id", action: "execute-api:Invoke" }]
    : [];
}

const endpointPolicySchema = z.object({
  Statement: z.tuple([z.looseObject({ Action: z.array(z.string()) })]),
});

// what is exact with every module on may be too much without them, and the other way round
describe.each(environmentVariants)("the network in $environment $modules", (variant) => {
  const { environment, chosen, config } = variant;
  let graph: ProgramGraph;
  let calls: Call[];
  beforeAll(async () => {
    graph = await environmentGraph(environment, chosen, config);
    calls = [...callsOf(graph), ...callsOfOthers(graph)];
  });

  it("lets functions reach what they call, and no one reach anything else", () => {
    const needed = new Set(calls.flatMap((call) => rulesFor(graph, call)));
    const there = [
      ...graph
        .ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
        .map((one) => rule("out", one)),
      ...graph
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map((one) => rule("in", one)),
    ];

    expect(there.sort()).toEqual([...needed].sort());
  });

  it("has rules of groups in no other form", () => {
    const groups = [
      ...graph.ofType("aws:ec2/securityGroup:SecurityGroup"),
      ...graph.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
    ];

    expect(graph.ofType("aws:ec2/securityGroupRule:SecurityGroupRule")).toEqual([]);
    for (const { inputs } of groups) {
      expect(inputs["ingress"]).toBeUndefined();
      expect(inputs["egress"]).toBeUndefined();
    }
  });

  it("lets through each endpoint what functions call there, and nothing else", () => {
    const endpoints = graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
    const actions = endpoints.flatMap(({ inputs }) => {
      const policy: unknown = JSON.parse(String(inputs["policy"]));
      return endpointPolicySchema.parse(policy).Statement[0].Action;
    });

    const called = new Set(calls.map(({ action }) => action));
    const withoutEndpoint = [...atPublicAddresses(graph), "rds-db"];
    expect(actions.sort()).toEqual(
      [...called].filter((one) => !withoutEndpoint.includes(service(one))).sort(),
    );
  });
});
