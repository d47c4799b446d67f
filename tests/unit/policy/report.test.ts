import type { Log } from "sarif";
import { formatReport, jsonReport, sarifReport, uncheckedControls } from "../../../lib/policy";
import { evaluate } from "../../../lib/policy/evaluate";
import { equals } from "../../../lib/policy/expectations";
import { PolicyGraph, unknownValue } from "../../../lib/policy/policy-graph";
import { resourceRule, violation } from "../../../lib/policy/rule";
import { resource } from "./rule-cases";

const type = "test:index:Thing";
const locked = resourceRule<{ locked: boolean }>({
  id: "Thing.1",
  title: "Things are locked",
  severity: "critical",
  concern: "confidentiality",
  pci: ["3.5.1"],
  remediation: "Set locked: true.",
  types: [type],
  check: (thing) => thing.expect("locked", equals(true)),
});
const spare = resourceRule({
  id: "Thing.2",
  title: "Things have a spare",
  severity: "low",
  concern: "availability",
  pci: [],
  remediation: "Add a spare.",
  types: [type],
  check: () => [violation("there is no spare")],
});
const thing = (name: string, value: unknown) => resource(type, { locked: value }, { name });
const expired = { rule: "Thing.1", reason: "It was open for a while.", expires: "2026-01-31" };
const accepted = { rule: "Thing.2", reason: "It is to be so, as a test.", expires: "2026-12-31" };

const foreign = ["web", "worker"].map((name) =>
  resource("kubernetes:apps/v1:Deployment", {}, { name }),
);

const report = evaluate(
  new PolicyGraph([thing("open", false), thing("later", unknownValue), ...foreign]),
  [spare, locked],
  {
    environment: "prod",
    today: "2026-06-30",
    suppressions: [
      { ...expired, resources: ["open"] },
      { ...accepted, resources: ["open", "gone"] },
    ],
  },
);
const passing = evaluate(new PolicyGraph([thing("a", true)]), [locked], {});

describe("the readable report", () => {
  it("has the worst first, by rule, with its remediation, and a summary", () => {
    expect(formatReport(report)).toBe(
      [
        "✗ Thing.1 Things are locked (critical, PCI DSS 3.5.1)",
        "    open test:index:Thing: locked: found false, expected true",
        "      its suppression expired on 2026-01-31",
        "    → Set locked: true.",
        "",
        "✗ Thing.2 Things have a spare (low)",
        "    later test:index:Thing: there is no spare",
        "    → Add a spare.",
        "",
        "Not evaluated, because a value is encrypted, not known yet or stored elsewhere",
        "  Thing.1 later: locked",
        "",
        "Not evaluated, because no rule covers the type",
        "  kubernetes:apps/v1:Deployment: 2 resources",
        "",
        "! the suppression of Thing.2 for gone suppresses nothing: remove it",
        "prod: failed with 2 violations; 4 resources, 2 rules with something to look at, 1 accepted; " +
          "not evaluated: 1 check, 2 resources without rules",
      ].join("\n"),
    );
  });

  it("is a line when all is well", () => {
    expect(formatReport(passing)).toBe(
      "prod: passed; 1 resource, 1 rule with something to look at, 0 accepted",
    );
  });

  it.each([
    ["a value that is not known", [thing("later", unknownValue)], "1 check"],
    ["another provider's resource", foreign.slice(1), "1 resource without rules"],
  ])("never says plainly that all passed beside %s", (_, resources, what) => {
    const text = formatReport(evaluate(new PolicyGraph(resources), [locked]));
    expect(text).toMatch(
      new RegExp(`^prod: passed as far as it was evaluated; .*; not evaluated: ${what}$`, "m"),
    );
  });

  it("has with verbose what is accepted and what no program shows", () => {
    const text = formatReport(report, { verbose: true });
    expect(text).toContain(
      "Thing.2 open: there is no spare – It is to be so, as a test. (until 2026-12-31)",
    );
    for (const { title } of uncheckedControls) expect(text).toContain(title);
    expect(formatReport(passing, { verbose: true })).not.toContain("Accepted");
  });

  it("counts a single violation as one", () => {
    const one = evaluate(new PolicyGraph([thing("open", false)]), [locked]);
    expect(formatReport(one)).toContain("failed with 1 violation;");
  });

  it("has colours only when they are on", () => {
    expect(formatReport(report)).not.toContain("\u001b[");
    expect(formatReport(report, { colors: true })).toContain("\u001b[31m✗");
  });
});

describe("the JSON report", () => {
  it("has everything, with rules by id", () => {
    expect(JSON.parse(jsonReport(report))).toMatchObject({
      environment: "prod",
      passed: false,
      resourceCount: 4,
      rules: [{ id: "Thing.2" }, { id: "Thing.1", pci: ["3.5.1"], severity: "critical" }],
      findings: [
        { rule: "Thing.2", verdict: "suppressed", resource: { name: "open", type } },
        { rule: "Thing.2", verdict: "violated", message: "there is no spare" },
        { rule: "Thing.1", verdict: "violated", paths: ["locked"] },
      ],
      notEvaluated: [{ rule: "Thing.1", path: "locked" }],
      withoutRules: [
        {
          type: "kubernetes:apps/v1:Deployment",
          resources: ["urn:test::web", "urn:test::worker"],
        },
      ],
      unusedSuppressions: [{ rule: "Thing.2", resources: ["gone"] }],
      uncheckedControls,
    });
  });
});

describe("the SARIF report", () => {
  const parse = (text: string) => JSON.parse(text) as Log;
  const [run] = parse(sarifReport(report, "Pulumi.prod.yaml")).runs;

  it("describes the rules, with severity as code scanning ranks it", () => {
    expect(run?.tool.driver.rules).toEqual([
      expect.objectContaining({ id: "Thing.2", defaultConfiguration: { level: "note" } }),
      {
        id: "Thing.1",
        shortDescription: { text: "Things are locked" },
        fullDescription: {
          text: "Things are locked. PCI DSS 4.0.1 3.5.1: Stored card numbers are unreadable",
        },
        help: { text: "Set locked: true." },
        defaultConfiguration: { level: "error" },
        properties: {
          tags: ["security", "confidentiality", "PCI-DSS-4.0.1/3.5.1"],
          "security-severity": "9.5",
        },
      },
    ]);
  });

  it("gives each finding its rule, resource and file", () => {
    const [, , finding] = run?.results ?? [];
    expect(finding).toMatchObject({
      ruleId: "Thing.1",
      ruleIndex: 1,
      level: "error",
      message: { text: "open: locked: found false, expected true" },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "Pulumi.prod.yaml" } },
          logicalLocations: [{ name: "open", fullyQualifiedName: "urn:test::open" }],
        },
      ],
      suppressions: [],
    });
  });

  it("has what was not evaluated as a note, which is no result", () => {
    const [invocation] = run?.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(true);
    expect(invocation?.toolExecutionNotifications).toMatchObject([
      {
        level: "warning",
        message: { text: "later: locked is not known, so that Thing.1 was not evaluated" },
        associatedRule: { id: "Thing.1", index: 1 },
        locations: [{ logicalLocations: [{ fullyQualifiedName: "urn:test::later" }] }],
      },
      {
        message: { text: "web was not evaluated: no rule is about kubernetes:apps/v1:Deployment" },
      },
      { locations: [{ logicalLocations: [{ name: "worker" }] }] },
    ]);
  });

  it("marks what is accepted, with the reason", () => {
    expect(run?.results?.map(({ suppressions }) => suppressions)).toEqual([
      [
        {
          kind: "external",
          status: "accepted",
          justification: "It is to be so, as a test. (until 2026-12-31)",
        },
      ],
      [],
      [],
    ]);
  });

  it("knows the same finding again, and no two for one", () => {
    const prints = (text: string) =>
      parse(text).runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints);
    const first = prints(sarifReport(report, "a"));
    expect(prints(sarifReport(report, "b"))).toEqual(first);
    expect(new Set(first?.map((one) => JSON.stringify(one))).size).toBe(3);
  });
});
