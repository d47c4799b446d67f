import type {
  DefaultSecurityGroupArgs,
  FlowLogArgs,
  InstanceArgs,
  LaunchTemplateArgs,
  NetworkAclArgs,
  SubnetArgs,
  VpcArgs,
  VpcEndpointArgs,
  VpcEndpointPolicyArgs,
} from "@pulumi/aws/ec2";
import { isSpecific } from "../access";
import { matchesEveryResource } from "../breadth";
import { demands } from "../conditions";
import { absent, byDefault, equals, not, oneOf } from "../expectations";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule, Violation } from "../rule";
import { readPolicy } from "../statements";
import type { Statement } from "../statements";
import { includesPort, networkAclTypes, openings, securityGroupTypes } from "../traffic";

const vpcType = "aws:ec2/vpc:Vpc";
const defaultVpcType = "aws:ec2/defaultVpc:DefaultVpc";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const defaultSubnetType = "aws:ec2/defaultSubnet:DefaultSubnet";
const instanceType = "aws:ec2/instance:Instance";
const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** The rules for networks and instances; security groups have rules of their own. */
export const ec2Rules: readonly Rule[] = [
  graphRule<DefaultSecurityGroupArgs>({
    id: "EC2.2",
    title: "Default security groups allow no traffic",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1", "1.3.2", "2.2.2"],
    remediation: "Add a DefaultSecurityGroup of the VPC, without ingress and egress.",
    types: [vpcType, defaultVpcType, securityGroupTypes.defaultGroup],
    check: (subject, graph) =>
      subject.resource.type === securityGroupTypes.defaultGroup
        ? [
            ...subject.expect("ingress", absent),
            ...subject.expect("egress", absent),
            ...rulesAddedTo(subject.resource, graph),
          ]
        : [
            ...(hasDefaultGroup(subject.resource, graph)
              ? []
              : [violation("no DefaultSecurityGroup closes the VPC's default group")]),
            ...rulesAddedTo(subject.resource, graph),
          ],
  }),
  graphRule<VpcArgs>({
    id: "EC2.6",
    title: "VPCs have flow logs",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1", "11.5.1"],
    remediation: 'Add a FlowLog with the vpcId and trafficType "ALL" or "REJECT".',
    types: [vpcType, defaultVpcType],
    check: (vpc, graph) =>
      graph
        .referringTo(vpc.resource, "aws:ec2/flowLog:FlowLog", "vpcId")
        .some((log) =>
          oneOf("ALL", "REJECT").isMet(new Subject<FlowLogArgs>(log).get("trafficType")),
        )
        ? []
        : [violation("no FlowLog of the VPC's rejected flows")],
  }),
  resourceRule<InstanceArgs>({
    id: "EC2.8",
    title: "EC2 instances require version 2 of the instance metadata service (IMDSv2)",
    severity: "high",
    concern: "confidentiality",
    pci: ["2.2.6"],
    remediation: 'Set metadataOptions.httpTokens: "required".',
    types: [instanceType],
    check: (instance) =>
      instance.has("launchTemplate") ? [] : instance.expect("metadataOptions.httpTokens", version2),
  }),
  resourceRule<InstanceArgs>({
    id: "EC2.9",
    title: "EC2 instances have no public address",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.2", "1.4.4"],
    remediation:
      "Leave associatePublicIpAddress out, and put a load balancer in front of the instance.",
    binding: true,
    types: [instanceType],
    // left out, the subnet decides: EC2.15
    check: (instance) => instance.expect("associatePublicIpAddress", not(true)),
  }),
  graphRule<VpcArgs>({
    id: "EC2.10",
    title: "VPCs with EC2 instances have an interface endpoint for EC2",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.2"],
    remediation: "Add an interface VpcEndpoint for com.amazonaws.<region>.ec2.",
    types: [vpcType],
    // without instances nothing calls EC2, and an endpoint would only open a way to it
    check: (vpc, graph) =>
      graph.ofType(instanceType, launchTemplateType).length === 0 ||
      graph
        .referringTo(vpc.resource, endpointType, "vpcId")
        .some((one) =>
          String(new Subject<VpcEndpointArgs>(one).get("serviceName")).endsWith(".ec2"),
        )
        ? []
        : [violation("no VpcEndpoint for EC2 in the VPC")],
  }),
  resourceRule<SubnetArgs>({
    id: "EC2.15",
    title: "Subnets do not assign public addresses automatically",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Set mapPublicIpOnLaunch: false.",
    binding: true,
    types: ["aws:ec2/subnet:Subnet", defaultSubnetType],
    // default subnets assign them by default
    check: (subnet) =>
      subnet.expect(
        "mapPublicIpOnLaunch",
        subnet.resource.type === defaultSubnetType ? equals(false) : byDefault(equals(false)),
      ),
  }),
  resourceRule<NetworkAclArgs>({
    id: "EC2.21",
    title: "Network ACLs do not open administration ports to everyone",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.3.1"],
    remediation: "Name the networks that may reach 22 and 3389 in place of 0.0.0.0/0 or ::/0.",
    types: Object.values(networkAclTypes),
    check: ({ resource }) =>
      openings(
        resource,
        "ingress",
        (opening) => includesPort(opening, 22) || includesPort(opening, 3389),
      ).map(({ path, whose }) => violation(`traffic of ${whose} to 22 or 3389 is allowed`, path)),
  }),
  resourceRule<LaunchTemplateArgs>({
    id: "EC2.25",
    title: "Launch templates assign no public addresses",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1", "1.4.4"],
    remediation: "Leave associatePublicIpAddress out of networkInterfaces.",
    binding: true,
    types: [launchTemplateType],
    check: (template) =>
      template
        .list("networkInterfaces")
        .flatMap((_, i) =>
          template.expect(`networkInterfaces.${String(i)}.associatePublicIpAddress`, noAddress),
        ),
  }),
  resourceRule<LaunchTemplateArgs>({
    id: "EC2.170",
    title: "Launch templates require version 2 of the instance metadata service (IMDSv2)",
    severity: "low",
    concern: "confidentiality",
    pci: ["2.2.6"],
    remediation: 'Set metadataOptions.httpTokens: "required".',
    types: [launchTemplateType],
    check: (template) => template.expect("metadataOptions.httpTokens", version2),
  }),
  graphRule<VpcEndpointArgs>({
    id: "Network.3",
    title: "Gateway endpoints' policies limit the resources",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.3.2", "7.2.5"],
    remediation:
      "Set a policy that names resources, or one with a condition on aws:ResourceAccount or aws:PrincipalAccount.",
    types: [endpointType],
    check: (endpoint, graph) =>
      byDefault(equals("Gateway")).isMet(endpoint.get("vpcEndpointType"))
        ? endpointPolicy(endpoint, graph)
        : [],
  }),
];

const version2 = equals("required");
/** The template's type has it a text. */
const noAddress = byDefault(oneOf("false", false));

/** The rules of other resources that open a default group, named by the group or by its VPC. */
function rulesAddedTo(owner: PolicyResource, graph: PolicyGraph): Violation[] {
  const { rule, ingressRule, egressRule, group } = securityGroupTypes;
  return [rule, ingressRule, egressRule]
    .flatMap((type) => graph.referringTo(owner, type, "securityGroupId"))
    .filter((one) => graph.referredToBy(one, "securityGroupId", group).length === 0)
    .map(({ name }) => violation(`${name} opens the default group`));
}

/** A DefaultSecurityGroup without a VPC is the default VPC's. */
function hasDefaultGroup(vpc: PolicyResource, graph: PolicyGraph): boolean {
  return (
    graph.referringTo(vpc, securityGroupTypes.defaultGroup, "vpcId").length > 0 ||
    (vpc.type === defaultVpcType &&
      graph
        .ofType(securityGroupTypes.defaultGroup)
        .some(({ properties }) => properties["vpcId"] === undefined))
  );
}

/** Without a policy, or with one that leaves all open, an endpoint is a way to other accounts. */
function endpointPolicy(
  endpoint: Subject<VpcEndpointArgs>,
  graph: PolicyGraph,
): readonly Violation[] {
  const [attached] = graph.referringTo(
    endpoint.resource,
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    "vpcEndpointId",
  );
  const policy =
    attached === undefined
      ? endpoint.get("policy")
      : new Subject<VpcEndpointPolicyArgs>(attached).get("policy");
  if (policy === undefined) return [violation("no policy document", "policy")];
  const read = readPolicy(policy);
  if ("fault" in read) return [violation(read.fault, "policy")];
  return read
    .filter((statement) => statement.effect === "Allow" && isOfEveryAccount(statement))
    .map(() => violation("a statement allows every resource of every account", "policy"));
}

/** Keys, in lower case, that identify the account of the resource or of the caller. */
const ownKeys = [
  ...["resource", "principal"].flatMap((whose) =>
    ["account", "orgid", "orgpaths"].map((what) => `aws:${whose}${what}`),
  ),
  "aws:principalarn",
];

function isOfEveryAccount(statement: Statement): boolean {
  const { resources, notResources, conditions } = statement;
  const everyone =
    notResources.length > 0 ||
    resources.some((one) => matchesEveryResource(one) && !/^arn:([^:]*:){3}\d{12}:/.test(one));
  return everyone && !demands(conditions, (key) => ownKeys.includes(key), isSpecific);
}
