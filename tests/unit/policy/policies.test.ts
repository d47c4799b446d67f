import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { policies, ruleIds } from "../../../lib/policy";
import type { PolicyOptions } from "../../../lib/policy";
import { unknownValue } from "../../../lib/policy/policy-graph";
import { validatedGraph, validatedResource } from "../../../lib/policy/sources/crossguard";

import { inDays } from "./rule-cases";

const { unknownCheckingProxy } = jest.requireActual<{
  unknownCheckingProxy: (value: object) => Record<string, unknown>;
}>("@pulumi/policy");
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What CrossGuard passes: reading an unknown value of it throws. */
function handed(type: string, name: string, props: object, stack = "prod"): PolicyResource {
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::shop::${type}::${name}`,
    props: unknownCheckingProxy(props),
    opts: {
      protect: true,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}

const validation = (resource: PolicyResource): ResourceValidationArgs => ({
  ...resource,
  stackTags: new Map(),
  isType: () => false,
  asType: () => undefined,
  getConfig: () => {
    throw new Error("no policy is configured");
  },
  notApplicable: () => {
    throw new Error("not applicable");
  },
});

const isResourcePolicy = (
  policy: ResourceValidationPolicy | StackValidationPolicy,
): policy is ResourceValidationPolicy => "validateResource" in policy;

/** What the pack reports of the resources, policy by policy. */
function reported(resources: PolicyResource[], options?: PolicyOptions): string[] {
  const said: string[] = [];
  for (const policy of policies(options)) {
    const report = (message: string, urn?: string) => {
      said.push(`${policy.name} ${String(urn?.split("::").pop())}: ${message}`);
    };
    if (isResourcePolicy(policy)) {
      const [validate] = [policy.validateResource].flat();
      for (const resource of resources) void validate?.(validation(resource), report);
    } else {
      void policy.validateStack({ ...validation(handed("x", "x", {})), resources }, report);
    }
  }
  return said;
}

const key = (props: object, stack?: string) => handed("aws:kms/key:Key", "key", props, stack);
const keyProblem =
  "KMS.4 key: enableKeyRotation: found false, expected true. Set enableKeyRotation: true.";
const broken = { enableKeyRotation: false, deletionWindowInDays: 30 };

describe("the policy pack", () => {
  it("has a mandatory policy for every rule, with severity, remediation and PCI DSS requirements", () => {
    const all = policies();
    expect(all.map(({ name }) => name)).toEqual([...ruleIds, "Suppressions.1", "NotEvaluated"]);
    expect(all.find(({ name }) => name === "KMS.4")).toMatchObject({
      displayName: "Keys are rotated",
      enforcementLevel: "mandatory",
      severity: "medium",
      remediationSteps: "Set enableKeyRotation: true.",
      framework: {
        name: "PCI DSS",
        version: "4.0.1",
        reference: "3.7.4",
        specification: "Keys are changed at the end of their period",
      },
    });
    expect(all.find(({ name }) => name === "Types.1")).not.toHaveProperty("framework");
  });

  it("evaluates a resource before it is created", () => {
    expect(reported([key(broken)])).toContain(keyProblem);
    expect(reported([key({ ...broken, enableKeyRotation: true })])).toEqual([]);
  });

  it("defers a value that is not known in a preview, and reports that", () => {
    const later = key({ ...broken, enableKeyRotation: unknownString, policy: unknownString });
    const [said, ...more] = reported([later]);
    expect(said).toMatch(
      /^NotEvaluated key: not evaluated, because a value is not known yet: KMS\.4 \(enableKeyRotation\), KMS\.5 \(policy\)/,
    );
    expect(more).toEqual([]);
    expect(policies().find(({ name }) => name === "NotEvaluated")?.enforcementLevel).toBe(
      "advisory",
    );
  });

  it("says what no rule is about, but for components and what cannot do harm", () => {
    const made = (type: string, name: string) => ({
      ...handed(type, name, {}),
      provider: { type: "pulumi:providers:x", name: "x", urn: "urn", props: {} },
    });
    expect(
      reported([
        made("kubernetes:apps/v1:Deployment", "web"),
        made("random:index/randomId:RandomId", "suffix"),
        handed("pulumi:providers:kubernetes", "cluster", {}),
        handed("my:index:Component", "group", {}),
      ]),
    ).toEqual(["NotEvaluated web: not evaluated: no rule is about kubernetes:apps/v1:Deployment"]);
  });

  it("stops code of the program's own before it runs", () => {
    expect(reported([handed("command:local:Command", "curl", {})])).toEqual([
      expect.stringMatching(/^Deploy\.1 curl: a command:local:Command may do whatever/),
    ]);
  });

  it("lets no suppression hold for two resources that have its name", () => {
    const suppression = {
      rule: "Network.2",
      resources: ["callers"],
      reason: "It shows that suppressions mean one.",
      expires: inDays(30),
    };
    const group = handed("aws:ec2/securityGroup:SecurityGroup", "callers", { description: "a" });
    const rule = handed("aws:ec2/securityGroupRule:SecurityGroupRule", "callers", {
      description: "b",
      type: "ingress",
    });
    const said = reported([group, rule], { suppressions: [suppression] });
    expect(said.filter((line) => line.startsWith("Suppressions.1"))).toEqual([
      expect.stringContaining("the suppression of Network.2 for callers applies to 2 resources"),
      expect.stringContaining("the suppression of Network.2 for callers applies to 2 resources"),
    ]);
    expect(reported([rule], { suppressions: [suppression] }).join()).not.toContain(
      "Suppressions.1",
    );
  });

  it("fails where a rule fails, and where a resource cannot be read", () => {
    const props = {};
    Object.defineProperty(props, "keyUsage", {
      enumerable: true,
      get: () => {
        throw new TypeError("a bug");
      },
    });
    expect(() => reported([{ ...key({}), props }])).toThrow("a bug");
  });

  it("evaluates a stack by related resources", () => {
    const bucket = handed("aws:s3/bucket:Bucket", "data", { bucket: unknownString });
    const block = handed("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", {
      bucket: unknownString,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const without = reported([bucket]).filter((line) => line.startsWith("S3.8 "));
    const joined = [bucket, { ...block, propertyDependencies: { bucket: [bucket] } }];
    expect(without).toHaveLength(1);
    expect(reported(joined).filter((line) => line.startsWith("S3.8 "))).toEqual([]);
  });

  it("lets no type pass that no rule knows", () => {
    const [said] = reported([handed("aws:mq/broker:Broker", "broker", {})]);
    expect(said).toMatch(/^Types\.1 broker: no rule knows aws:mq\/broker:Broker/);
  });

  it("honours suppressions, and says why one does not hold", () => {
    const suppression = {
      rule: "KMS.4",
      resources: ["key"],
      reason: "It shows that suppressions work.",
      expires: inDays(30),
    };
    expect(reported([key(broken)], { suppressions: [suppression] })).toEqual([]);
    expect(
      reported([key(broken)], { suppressions: [{ ...suppression, expires: "2020-01-01" }] }),
    ).toEqual([
      "KMS.4 key: enableKeyRotation: found false, expected true (its suppression expired on 2020-01-01). Set enableKeyRotation: true.",
    ]);
  });

  it("refuses to start with a suppression of a rule that does not exist", () => {
    const suppressions = [
      {
        rule: "KMS.44",
        resources: ["key"],
        reason: "It is only a typing error.",
        expires: inDays(30),
      },
    ];
    expect(() => policies({ suppressions })).toThrow(
      "The policy pack suppresses rules that do not exist: KMS.44",
    );
  });

  it("evaluates each stack by its environment", () => {
    const instance = (stack: string) =>
      handed("aws:rds/instance:Instance", "database", { multiAz: false }, stack);
    const twoZones = (stack: string) =>
      reported([instance(stack)], {
        environmentOf: (name) => (name === "dev" ? "dev" : "prod"),
      }).filter((line) => line.startsWith("RDS.5 "));
    expect(twoZones("prod")).toHaveLength(1);
    expect(twoZones("dev")).toEqual([]);
  });
});

describe("what CrossGuard passes", () => {
  it("is taken with unknown values at any depth, id, ARN and protection", () => {
    const props = {
      id: "data-1",
      arn: "arn:aws:s3:::data-1",
      list: [unknownString, { deep: unknownString }, "x"],
      none: null,
    };
    const { urn } = handed("t", "n", {});
    expect(validatedResource(validation(handed("t", "n", props)))).toEqual({
      type: "t",
      name: "n",
      urn,
      id: "data-1",
      arn: "arn:aws:s3:::data-1",
      properties: { ...props, list: [unknownValue, { deep: unknownValue }, "x"] },
      sources: {},
      protect: true,
      isComponent: true,
    });
  });

  it("is taken with what an argument's value comes from", () => {
    const source = handed("t", "source", {});
    const user = { ...handed("t", "user", {}), propertyDependencies: { bucket: [source] } };
    expect(validatedGraph([source, user]).resources[1]?.sources).toEqual({
      bucket: [source.urn],
    });
  });

  it("is not taken for unknown when reading it fails otherwise", () => {
    const props = {};
    Object.defineProperty(props, "broken", {
      enumerable: true,
      get: () => {
        throw new TypeError("a bug");
      },
    });
    const broken = { ...handed("t", "n", {}), props };
    expect(() => validatedGraph([broken])).toThrow(TypeError);
  });
});
