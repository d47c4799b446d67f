import {
  audit,
  auditProgram,
  formatReport,
  pciRequirements,
  ruleIds,
  rules,
} from "../../../lib/policy";
import { PolicyGraph } from "../../../lib/policy/policy-graph";
import { badProgram } from "./programs/bad";
import { goodProgram } from "./programs/good";
import { inDays, resource } from "./rule-cases";

describe("someone else's program", () => {
  it("passes when it is done well", async () => {
    const report = await auditProgram(goodProgram);
    expect(formatReport(report)).toMatch(/prod: passed/);
    expect(report.applied.length).toBeGreaterThan(10);
  });

  it("fails when it is not, rule by rule and resource by resource", async () => {
    const { passed, findings } = await auditProgram(badProgram);
    const broken = findings.map(({ rule, resource: { name } }) => `${rule.id} ${name}`);
    expect(passed).toBe(false);
    expect(broken).toEqual(
      expect.arrayContaining([
        "RDS.2 database",
        "RDS.3 database",
        "RDS.8 database",
        "RDS.25 database",
        "DynamoDB.2 orders",
        "S3.8 data",
        "S3.5 data",
        "EC2.6 network",
        "EC2.13 open",
        "IAM.1 everything",
        "Types.1 broker",
      ]),
    );
  });
});

describe("the rules", () => {
  it("have ids that no two share, and that a suppression may name", () => {
    expect(new Set(ruleIds).size).toBe(ruleIds.length);
    expect(ruleIds).toEqual([...rules.map(({ id }) => id), "Types.1", "Deploy.1"]);
  });

  it("support every requirement of PCI DSS that is listed", () => {
    const supported = new Set<string>(rules.flatMap(({ pci }) => pci));
    expect(Object.keys(pciRequirements).filter((number) => !supported.has(number))).toEqual([]);
  });

  it("say what to do about it", () => {
    const silent = rules.filter(
      ({ remediation, title }) => !remediation.endsWith(".") || title === "",
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it("let no AWS resource pass that they do not know", () => {
    const graph = new PolicyGraph([
      resource("aws:mq/broker:Broker", {}, { name: "broker" }),
      resource("aws-native:mq:Broker", {}, { name: "native" }),
    ]);
    const { findings, passed } = audit(graph);
    expect(findings.map(({ rule, resource: { name } }) => [rule.id, name])).toEqual([
      ["Types.1", "broker"],
      ["Types.1", "native"],
    ]);
    expect(passed).toBe(false);
  });

  it.each([
    "command:local:Command",
    "command:remote:Command",
    "command:remote:CopyToRemote",
    "pulumi-nodejs:dynamic:Resource",
    "pulumi-nodejs:dynamic/mine:Resource",
    "pulumi-python:dynamic:Resource",
  ])("let no %s run code of its own, unless it was reviewed", (type) => {
    const graph = new PolicyGraph([resource(type, {}, { name: "runs" })]);
    const reviewed = {
      rule: "Deploy.1",
      resources: ["runs"],
      reason: "It was reviewed: it only waits.",
      expires: inDays(30),
    };
    expect(audit(graph).findings.map(({ rule }) => rule.id)).toEqual(["Deploy.1"]);
    expect(audit(graph, { suppressions: [reviewed] }).passed).toBe(true);
  });

  it("report which resources of other providers they do not evaluate, and leave out what is none", () => {
    const graph = new PolicyGraph([
      resource("gcp:storage/bucket:Bucket", {}, { name: "bucket" }),
      resource("kubernetes:apps/v1:Deployment", {}, { name: "web" }),
      resource("kubernetes:apps/v1:Deployment", {}, { name: "worker" }),
      resource("random:index/randomId:RandomId", {}, { name: "random" }),
      resource("tls:index/privateKey:PrivateKey", {}, { name: "key" }),
      resource("pulumi:providers:gcp", {}, { name: "provider" }),
      { ...resource("my:index:Component", {}, { name: "component" }), isComponent: true },
    ]);
    const { uncovered, findings } = audit(graph);
    expect(findings).toEqual([]);
    expect(uncovered.map(({ type, resources }) => [type, resources.length])).toEqual([
      ["gcp:storage/bucket:Bucket", 1],
      ["kubernetes:apps/v1:Deployment", 2],
    ]);
  });
});

describe("a suppression", () => {
  const group = resource("aws:ec2/securityGroup:SecurityGroup", {}, { name: "callers" });
  const rule = {
    ...resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "egress" }),
    name: "callers",
    urn: "urn:test::rule-callers",
  };
  const bucket = resource("aws:s3/bucket:Bucket", {}, { name: "callers" });
  const of = (...resources: string[]) => ({
    suppressions: [
      {
        rule: "Network.2",
        resources,
        reason: "It shows that suppressions mean one.",
        expires: inDays(30),
      },
    ],
  });
  const ambiguous = (graph: PolicyGraph, ...resources: string[]) =>
    audit(graph, of(...resources)).findings.filter((one) => one.rule.id === "Suppressions.1");

  it("fails when two resources of its rule have its name, violating or not", () => {
    const other = { ...group, name: "other", urn: "urn:test::other" };
    const [first, second, ...more] = ambiguous(new PolicyGraph([group, rule, other]), "callers");
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      resource: group,
      verdict: "violated",
      message: "the suppression of Network.2 for callers applies to 2 resources",
    });
    expect(second).toMatchObject({ resource: rule, verdict: "violated" });
  });

  it("may name the type, and ignores resources that its rule does not evaluate", () => {
    const both = new PolicyGraph([group, rule, bucket]);
    expect(ambiguous(both, "aws:ec2/securityGroup:SecurityGroup callers")).toEqual([]);
    expect(ambiguous(new PolicyGraph([group, bucket]), "callers")).toEqual([]);
  });

  it("reports each name of several", () => {
    const twice = audit(new PolicyGraph([group, rule]), {
      suppressions: [...of("callers").suppressions, ...of("callers").suppressions],
    });
    expect(twice.findings.filter((one) => one.rule.id === "Suppressions.1")).toHaveLength(4);
  });

  it("can be of no rule about suppressions", () => {
    const suppressions = of("callers").suppressions.map((one) => ({
      ...one,
      rule: "Suppressions.1",
    }));
    expect(audit(new PolicyGraph([group]), { suppressions }).passed).toBe(false);
  });
});

describe("a rule about confidentiality", () => {
  /** Those that prod may suppress: none is about public access, encryption, wildcard rights, public principals or secrets. */
  const suppressible: Readonly<Record<string, string>> = {
    "CloudFront.1": "a listing takes a right that S3's rules find",
    "CloudFront.7": "without a certificate of its own CloudFront's encrypts",
    "CloudFront.13": "that buckets are not public, S3.8 and S3.2 bind to",
    "CloudFront.16": "that functions' URLs are not public, Lambda.Url binds to",
    "CloudFront.17": "it is about who signs, not about whether",
    "APIGateway.8":
      "what a shop sells is for everybody to see; a suppression names each such method",
    "Cognito.5": "whether customers may do without a second factor is the business's to say",
    "DMS.11": "whether MongoDB asks for a sign-in is its own matter",
    "Data.3": "with AWS's key it is encrypted all the same",
    "Data.4": "with AWS's key it is encrypted all the same",
    "Data.5": "logs of statements are for finding faults, for a while",
    "Data.6": "with AWS's key it is encrypted all the same",
    "EC2.2": "a default group admits its own members; more is found by EC2.13 to EC2.19",
    "EC2.8": "it takes a machine that is taken over already",
    "EC2.10": "calls of EC2 are encrypted on any way",
    "EC2.21": "what passes a network ACL still needs a security group that lets it in",
    "EC2.170": "it takes a machine that is taken over already",
    "ECS.3": "it takes a container that is taken over already",
    "ECS.17": "tasks that share their host's network have its security groups",
    "ECS.20": "it takes a container that is taken over already",
    "ECS.21": "it takes a container that is taken over already",
    "ElastiCache.6": "a cache is reached from its network alone",
    "ElastiCache.7": "a cache is reached from its network alone",
    "IAM.2": "it is about where rights are written down, not how large they are",
    "IAM.Subject": "a repository is somebody, and whoever may write to it is its owner's to say",
    "IAM.AccessKey": "a partner's program may have no other way",
    "KMS.4": "a key that does not rotate encrypts all the same",
    "Lambda.3": "a function outside of a VPC is called by whom its policy names alone",
    "Logs.2": "with AWS's key it is encrypted all the same",
    "Network.1": "it is about the way out; partners may have no fixed networks",
    "Network.3": "it is about the way out; roles bind what goes it",
    "RDS.10": "a password signs in as well",
    "RDS.12": "a password signs in as well",
    "RDS.23": "another port hides nothing from who is admitted",
    "RDS.24": "a name is no secret",
    "RDS.25": "a name is no secret",
    "S3.12": "that lists do not make a bucket public, S3.2 and S3.8 bind to",
    "S3.13": "how long data is kept is the business's to say",
    "SecretsManager.1": "some secrets are others' to change",
    "SecretsManager.4": "some secrets are others' to change",
    "SecretsManager.Key": "with AWS's key it is encrypted all the same",
  };

  it("binds prod, unless a reason is given here", () => {
    const free = rules.filter((one) => one.concern === "confidentiality" && one.binding !== true);
    expect(free.map(({ id }) => id).sort()).toEqual(Object.keys(suppressible).sort());
  });
});
