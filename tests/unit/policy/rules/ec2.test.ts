import { ec2Rules } from "../../../../lib/policy/rules/ec2";
import { networkAclTypes, securityGroupTypes } from "../../../../lib/policy/traffic";
import { describeRules, resource } from "../rule-cases";

const vpc = resource("aws:ec2/vpc:Vpc", {}, { name: "vpc", id: "vpc-1" });
const defaultVpc = resource("aws:ec2/defaultVpc:DefaultVpc", {}, { name: "vpc", id: "vpc-1" });
const defaultGroup = (properties: Record<string, unknown> = {}, of = "vpc-1") =>
  resource(
    securityGroupTypes.defaultGroup,
    { vpcId: of, ...properties },
    { name: "default-group", id: "sg-default" },
  );
const ruleOf = (owner: string, type: string = securityGroupTypes.ingressRule) =>
  resource(type, {}, { name: "rule", from: { securityGroupId: owner } });
const group = resource(securityGroupTypes.group, {}, { name: "group" });
const flowLog = (trafficType: string, vpcId = "vpc-1") =>
  resource("aws:ec2/flowLog:FlowLog", { vpcId, trafficType }, { name: "log" });
const instance = resource("aws:ec2/instance:Instance", {}, { name: "machine" });
const endpoint = (properties: Record<string, unknown>) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", properties, { name: "endpoint", id: "vpce-1" });
const endpointPolicy = (policy: string, vpcEndpointId = "vpce-1") =>
  resource("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", { policy, vpcEndpointId });

const aclEntry = { action: "allow", protocol: "tcp", fromPort: 22, toPort: 22 };
const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const ownAccount = {
  ...everything,
  Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
};
const policy = (...Statement: readonly unknown[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });

describeRules("rules for EC2", ec2Rules, [
  {
    rule: "EC2.2",
    passes: [
      [vpc, defaultGroup()],
      [vpc, defaultGroup({ ingress: [], egress: [] })],
      [vpc, defaultGroup(), group, ruleOf("group")],
      [defaultVpc, resource(securityGroupTypes.defaultGroup, {})],
    ],
    fails: [
      { given: [vpc], at: [] },
      { given: [defaultVpc], at: [] },
      { given: [vpc, defaultGroup({}, "vpc-2")], at: [] },
      { given: [defaultVpc, defaultGroup({}, "vpc-2")], at: [] },
      { given: [vpc, defaultGroup({ ingress: [{ self: true }] })], at: ["ingress"] },
      { given: [vpc, defaultGroup({ egress: [{ protocol: "-1" }] })], at: ["egress"] },
      { given: [vpc, defaultGroup(), ruleOf("default-group")], at: [] },
      { given: [vpc, defaultGroup(), ruleOf("vpc", securityGroupTypes.rule)], at: [] },
      { given: [vpc, defaultGroup(), ruleOf("vpc", securityGroupTypes.egressRule)], at: [] },
    ],
  },
  {
    rule: "EC2.6",
    passes: [
      [vpc, flowLog("ALL")],
      [vpc, flowLog("REJECT")],
      [defaultVpc, flowLog("ALL")],
    ],
    fails: [
      { given: [vpc], at: [] },
      { given: [vpc, flowLog("ACCEPT")], at: [] },
      { given: [vpc, flowLog("ALL", "vpc-2")], at: [] },
    ],
  },
  {
    rule: "EC2.8",
    passes: [{ metadataOptions: { httpTokens: "required" } }, { launchTemplate: { id: "lt-1" } }],
    fails: [
      { given: {}, at: ["metadataOptions.httpTokens"] },
      {
        given: { metadataOptions: { httpTokens: "optional" } },
        at: ["metadataOptions.httpTokens"],
      },
    ],
  },
  {
    rule: "EC2.9",
    passes: [{}, { associatePublicIpAddress: false }],
    fails: [{ given: { associatePublicIpAddress: true }, at: ["associatePublicIpAddress"] }],
  },
  {
    rule: "EC2.10",
    passes: [
      [vpc],
      [vpc, instance, endpoint({ vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.ec2" })],
    ],
    fails: [
      { given: [vpc, instance], at: [] },
      { given: [vpc, resource("aws:ec2/launchTemplate:LaunchTemplate", {})], at: [] },
      {
        given: [
          vpc,
          instance,
          endpoint({ vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" }),
        ],
        at: [],
      },
      {
        given: [
          vpc,
          instance,
          endpoint({ vpcId: "vpc-2", serviceName: "com.amazonaws.eu-west-1.ec2" }),
        ],
        at: [],
      },
    ],
  },
  {
    rule: "EC2.15",
    passes: [
      {},
      { mapPublicIpOnLaunch: false },
      [resource("aws:ec2/defaultSubnet:DefaultSubnet", { mapPublicIpOnLaunch: false })],
    ],
    fails: [
      { given: { mapPublicIpOnLaunch: true }, at: ["mapPublicIpOnLaunch"] },
      {
        given: [resource("aws:ec2/defaultSubnet:DefaultSubnet", {})],
        at: ["mapPublicIpOnLaunch"],
      },
    ],
  },
  {
    rule: "EC2.21",
    passes: [
      {},
      { ingress: [{ ...aclEntry, cidrBlock: "10.0.0.0/8" }] },
      { ingress: [{ ...aclEntry, action: "deny", cidrBlock: "0.0.0.0/0" }] },
      { ingress: [{ ...aclEntry, fromPort: 443, toPort: 443, cidrBlock: "0.0.0.0/0" }] },
      { egress: [{ ...aclEntry, cidrBlock: "0.0.0.0/0" }] },
      [
        resource(networkAclTypes.rule, {
          ...aclEntry,
          egress: true,
          ruleAction: "allow",
          cidrBlock: "0.0.0.0/0",
        }),
      ],
      [resource(networkAclTypes.rule, { protocol: "-1", ruleAction: "deny", cidrBlock: "::/0" })],
    ],
    fails: [
      {
        given: { ingress: [{ ...aclEntry, cidrBlock: "0.0.0.0/0" }] },
        at: ["ingress.0.cidrBlock"],
      },
      {
        given: [
          resource(networkAclTypes.defaultAcl, {
            ingress: [{ action: "ALLOW", protocol: "-1", ipv6CidrBlock: "::/0" }],
          }),
        ],
        at: ["ingress.0.ipv6CidrBlock"],
      },
      {
        given: [
          resource(networkAclTypes.rule, {
            protocol: "tcp",
            fromPort: 3389,
            toPort: 3389,
            ruleAction: "allow",
            cidrBlock: "0.0.0.0/0",
          }),
        ],
        at: ["cidrBlock"],
      },
    ],
  },
  {
    rule: "EC2.25",
    passes: [{}, { networkInterfaces: [{ associatePublicIpAddress: "false" }, {}] }],
    fails: [
      {
        given: { networkInterfaces: [{}, { associatePublicIpAddress: "true" }] },
        at: ["networkInterfaces.1.associatePublicIpAddress"],
      },
    ],
  },
  {
    rule: "EC2.170",
    passes: [{ metadataOptions: { httpTokens: "required" } }],
    fails: [{ given: {}, at: ["metadataOptions.httpTokens"] }],
  },
  {
    rule: "Network.3",
    passes: [
      { vpcEndpointType: "Interface" },
      { vpcEndpointType: "Gateway", policy: policy(ownAccount) },
      { policy: policy({ ...everything, Resource: "arn:aws:s3:::audit/*" }) },
      { policy: policy({ ...everything, Effect: "Deny" }) },
      { policy: policy({ ...everything, Resource: "arn:aws:sqs:*:123456789012:*" }) },
      [endpoint({}), endpointPolicy(policy(ownAccount))],
    ],
    fails: [
      { given: {}, at: ["policy"] },
      { given: { policy: "open" }, at: ["policy"] },
      { given: { policy: policy({ ...everything, Resource: "arn:aws:s3:::*" }) }, at: ["policy"] },
      { given: { policy: policy({ ...everything, Resource: "**" }) }, at: ["policy"] },
      ...[
        { Bool: { "aws:SecureTransport": "true" } },
        { StringLike: { "aws:ResourceAccount": "*" } },
        { StringEqualsIfExists: { "aws:ResourceAccount": "123456789012" } },
      ].map((Condition) => ({
        given: { policy: policy({ ...everything, Condition }) },
        at: ["policy"],
      })),
      { given: { policy: policy(ownAccount, everything) }, at: ["policy"] },
      {
        given: {
          policy: policy({ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::audit/*" }),
        },
        at: ["policy"],
      },
      { given: [endpoint({}), endpointPolicy(policy(everything))], at: ["policy"] },
      { given: [endpoint({}), endpointPolicy(policy(ownAccount), "vpce-2")], at: ["policy"] },
    ],
  },
]);
