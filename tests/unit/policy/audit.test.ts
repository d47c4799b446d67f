import {
  audit,
  auditProgram,
  formatReport,
  pciRequirements,
  ruleIds,
  rules,
} from "../../../lib/policy";
import { PolicyGraph } from "../../../lib/policy/resource";
import { badProgram } from "./programs/bad";
import { goodProgram } from "./programs/good";
import { resource } from "./judge";

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
    expect(ruleIds).toEqual([...rules.map(({ id }) => id), "Types.1"]);
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

  it("let no AWS resource pass that they do not know, but leave other providers alone", () => {
    const graph = new PolicyGraph([
      resource("aws:mq/broker:Broker", {}, { name: "broker" }),
      resource("aws-native:mq:Broker", {}, { name: "native" }),
      resource("random:index/randomId:RandomId", {}, { name: "random" }),
      resource("pulumi:providers:aws", {}, { name: "provider" }),
      resource("my:index:Component", {}, { name: "component" }),
    ]);
    const { findings, passed } = audit(graph);
    expect(findings.map(({ rule, resource: { name } }) => [rule.id, name])).toEqual([
      ["Types.1", "broker"],
      ["Types.1", "native"],
    ]);
    expect(passed).toBe(false);
  });
});
