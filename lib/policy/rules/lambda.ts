import type {
  FunctionArgs,
  FunctionUrlArgs,
  LayerVersionPermissionArgs,
  PermissionArgs,
  ResourcePolicyArgs,
} from "@pulumi/aws/lambda";
import { supportedRuntimes } from "../../catalogue/lambda-runtimes";
import { isSpecific, publicStatements } from "../access";
import { equals, oneOf } from "../expectations";
import type { Expectation } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule, Subject, Violation } from "../rule";
import { functionType, isAtEdge } from "./lambda-functions";

const permissionType = "aws:lambda/permission:Permission";

/** The rules for Lambda functions. */
export const lambdaRules: readonly Rule[] = [
  resourceRule<PermissionArgs & ResourcePolicyArgs & LayerVersionPermissionArgs>({
    id: "Lambda.1",
    title: "Functions and layers cannot be used by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1"],
    remediation:
      "Name the principal, or say on whose behalf by sourceArn or sourceAccount; for S3 by sourceAccount.",
    binding: true,
    types: [
      permissionType,
      "aws:lambda/resourcePolicy:ResourcePolicy",
      "aws:lambda/layerVersionPermission:LayerVersionPermission",
    ],
    check: (permission) => {
      const principal = permission.get("principal");
      // a bucket's ARN names no account, and the name may become another's
      if (principal === "s3.amazonaws.com")
        return permission.expectPresent("sourceAccount", specificSource);
      const limits = ["sourceArn", "sourceAccount", "principalOrgId", "organizationId"] as const;
      return principal === "*" &&
        limits.every((limit) => permission.expectPresent(limit, specificSource).length > 0)
        ? [violation("admits anyone", "principal")]
        : publicStatements(permission, "policy");
    },
  }),
  resourceRule<FunctionArgs>({
    id: "Lambda.2",
    title: "Functions run on supported runtimes",
    severity: "medium",
    concern: "integrity",
    pci: ["6.3.3", "12.3.4"],
    remediation: "Set runtime to one that AWS still patches: nodejs24.x.",
    types: [functionType],
    // an image brings its own
    check: (subject) =>
      subject.get("packageType") === "Image"
        ? []
        : subject.expect("runtime", oneOf(...supportedRuntimes)),
  }),
  graphRule<FunctionArgs>({
    id: "Lambda.3",
    title: "Functions run in a VPC",
    severity: "low",
    concern: "confidentiality",
    pci: ["1.3.1", "1.3.2"],
    remediation: "Set vpcConfig, with private subnets and a security group.",
    types: [functionType],
    check: (subject, graph) =>
      isAtEdge(subject.resource, graph) ? [] : subject.expectPresent("vpcConfig.subnetIds"),
  }),
  graphRule<FunctionArgs>({
    id: "Lambda.5",
    title: "Functions in a VPC run in two zones",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Give vpcConfig.subnetIds subnets of at least two zones.",
    types: [functionType],
    check: (subject, graph) => {
      if (!subject.has("vpcConfig.subnetIds")) return [];
      const ids = subject.get("vpcConfig.subnetIds");
      const zones = graph
        .referredToBy(subject.resource, "vpcConfig", "aws:ec2/subnet:Subnet")
        .map(({ properties }) => properties["availabilityZone"]);
      const oneZone = typeof zones[0] === "string" && new Set(zones).size === 1;
      return Array.isArray(ids) && ids.length > 1 && !oneZone
        ? []
        : [violation("found one zone, expected two", "vpcConfig.subnetIds")];
    },
  }),
  resourceRule<FunctionArgs>({
    id: "Lambda.6",
    title: "Functions have tags",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: "Set tags: whose it is, and in which environment.",
    types: [functionType],
    check: (subject) => subject.expectPresent("tags"),
  }),
  graphRule<FunctionArgs>({
    id: "Lambda.7",
    title: "Functions have tracing enabled",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: 'Set tracingConfig: { mode: "Active" }.',
    types: [functionType],
    check: (subject, graph) =>
      isAtEdge(subject.resource, graph)
        ? []
        : subject.expect("tracingConfig.mode", equals("Active")),
  }),
  resourceRule<PermissionArgs>({
    id: "Lambda.Source",
    title: "Services invoke functions on behalf of one source",
    severity: "high",
    concern: "confidentiality",
    pci: ["7.2.5"],
    remediation: "Set sourceArn, or sourceAccount: else anyone's rule, API or topic may invoke it.",
    binding: true,
    types: [permissionType],
    check: callsForAnyone,
  }),
  resourceRule<FunctionUrlArgs>({
    id: "Lambda.Url",
    title: "Function URLs require IAM authorization",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.3.1", "8.3.1"],
    remediation: 'Set authorizationType: "AWS_IAM".',
    binding: true,
    types: ["aws:lambda/functionUrl:FunctionUrl"],
    check: (url) => url.expect("authorizationType", equals("AWS_IAM")),
  }),
];

/** An account, organization or ARN, with no wildcard for whose it is. */
const specificSource: Expectation = {
  isMet: isSpecific,
  expected: "a specific account, organization or ARN",
};

function callsForAnyone(permission: Subject<PermissionArgs>): Violation[] {
  const principal = permission.get("principal");
  const isService = typeof principal === "string" && principal.includes(".amazonaws.com");
  const limits = ["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"] as const;
  return isService &&
    limits.every((limit) => permission.expectPresent(limit, specificSource).length > 0)
    ? [violation(`${principal} may call it for anyone`, "sourceArn")]
    : [];
}
