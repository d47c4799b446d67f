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
import { meansEvery } from "../breadth";
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

/** The rules for networks and machines; security groups have a table of their own. */
export const ec2Rules: readonly Rule[] = [
  graphRule<DefaultSecurityGroupArgs>({
    id: "EC2.2",
    title: "Default security groups let nothing through",
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
    title: "VPCs log their flows",
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
    title: "Machines hand out credentials by version 2 of the metadata service only",
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
    title: "Machines have no public address",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.2", "1.4.4"],
    remediation: "Leave associatePublicIpAddress out, and put a load balancer before the machine.",
    binding: true,
    types: [instanceType],
    // left out, the subnet decides: EC2.15
    check: (instance) => instance.expect("associatePublicIpAddress", not(true)),
  }),
  graphRule<VpcArgs>({
    id: "EC2.10",
    title: "Machines call EC2 by an endpoint of their VPC",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.2"],
    remediation: "Add an interface VpcEndpoint for com.amazonaws.<region>.ec2.",
    types: [vpcType],
    // where there are no machines, nothing calls EC2, and an endpoint would only open a way to it
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
    title: "Subnets give out no public addresses by themselves",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Set mapPublicIpOnLaunch: false.",
    binding: true,
    types: ["aws:ec2/subnet:Subnet", defaultSubnetType],
    // default subnets give them out unless told otherwise
    check: (subnet) =>
      subnet.expect(
        "mapPublicIpOnLaunch",
        subnet.resource.type === defaultSubnetType ? equals(false) : byDefault(equals(false)),
      ),
  }),
  resourceRule<NetworkAclArgs>({
    id: "EC2.21",
    title: "Network ACLs let not everyone reach ports for administration",
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
    title: "Launch templates give out no public addresses",
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
    title: "Launch templates ask for version 2 of the metadata service",
    severity: "low",
    concern: "confidentiality",
    pci: ["2.2.6"],
    remediation: 'Set metadataOptions.httpTokens: "required".',
    types: [launchTemplateType],
    check: (template) => template.expect("metadataOptions.httpTokens", version2),
  }),
  graphRule<VpcEndpointArgs>({
    id: "Network.3",
    title: "Gateway endpoints lead to named resources only",
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

/** Without a policy, or with one that leaves all open, an endpoint is a way to strangers' accounts. */
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

/** Keys, in lower case, that say whose the resource is, or who asks: no stranger's either way. */
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
    resources.some((one) => meansEvery(one) && !/^arn:([^:]*:){3}\d{12}:/.test(one));
  return everyone && !demands(conditions, (key) => ownKeys.includes(key), isSpecific);
}
