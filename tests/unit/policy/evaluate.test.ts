import { equals } from "../../../lib/policy/expectations";
import { evaluate } from "../../../lib/policy/evaluate";
import type { EvaluationOptions } from "../../../lib/policy/evaluate";
import { PolicyGraph, unknownValue } from "../../../lib/policy/policy-graph";
import { resourceRule } from "../../../lib/policy/rule";
import type { Rule, RuleDescription } from "../../../lib/policy/rule";
import { SuppressionError } from "../../../lib/policy/suppressions";
import type { Suppression } from "../../../lib/policy/suppressions";
import { resource } from "./rule-cases";

const rule = (more: Partial<RuleDescription> = {}): Rule =>
  resourceRule<{ locked: boolean }>({
    id: "Thing.1",
    title: "Things are locked",
    severity: "high",
    concern: "confidentiality",
    pci: [],
    remediation: "Set locked: true.",
    types: ["test:index:Thing"],
    ...more,
    check: (thing) => thing.expect("locked", equals(true)),
  });

const open = resource("test:index:Thing", { locked: false }, { name: "open" });
const suppression: Suppression = {
  rule: "Thing.1",
  resources: ["open"],
  reason: "It is open to show that suppressions work.",
  expires: "2026-06-30",
};

const judged = (rules: Rule[], options: EvaluationOptions = {}, graph = new PolicyGraph([open])) =>
  evaluate(graph, rules, { today: "2026-06-30", ...options });

const outcome = (rules: Rule[], options: EvaluationOptions = {}) => {
  const { findings, passed } = judged(rules, options);
  return { passed, verdicts: findings.map(({ verdict, note }) => [verdict, note]) };
};

describe("evaluating a graph", () => {
  it("reports which resource violates which rule, and fails", () => {
    const broken = rule();
    expect(judged([broken])).toEqual({
      environment: "prod",
      applied: [broken],
      findings: [
        {
          rule: broken,
          resource: open,
          paths: ["locked"],
          message: "found false, expected true",
          verdict: "violated",
        },
      ],
      deferrals: [],
      uncovered: [],
      unused: [],
      resourceCount: 1,
      passed: false,
    });
  });

  it("passes when nothing is violated, and counts only rules that evaluated something", () => {
    const other = rule({ id: "Other.1" });
    const locked = resource("test:index:Thing", { locked: true });
    const report = judged(
      [rule(), { ...other, types: ["test:index:Other"] }],
      {},
      new PolicyGraph([locked]),
    );
    expect(report.passed).toBe(true);
    expect(report.applied.map(({ id }) => id)).toEqual(["Thing.1"]);
  });

  it("does not evaluate a value that is not known yet, and reports that", () => {
    const later = resource("test:index:Thing", { locked: unknownValue }, { name: "later" });
    const locked = rule();
    const report = judged([locked], {}, new PolicyGraph([later]));
    expect(report.findings).toEqual([]);
    expect(report.deferrals).toEqual([{ rule: locked, resource: later, path: "locked" }]);
  });

  it("does not count a rule's own failure as a pass", () => {
    const failing: Rule = {
      ...rule(),
      check: () => {
        throw new TypeError("a bug");
      },
    };
    expect(() => judged([failing])).toThrow(
      "Thing.1 could not evaluate urn:test::open: TypeError: a bug",
    );
  });

  it("relaxes availability in dev, and confidentiality nowhere", () => {
    const availability = rule({ concern: "availability" });
    expect(outcome([availability], { environment: "dev" })).toEqual({
      passed: true,
      verdicts: [["relaxed", "dev may do without availability"]],
    });
    expect(outcome([availability], { environment: "staging" }).passed).toBe(false);
    expect(outcome([rule()], { environment: "dev" }).passed).toBe(false);
  });
});

describe("a suppression", () => {
  it("is valid until the end of its last day", () => {
    const suppressions = [suppression];
    expect(outcome([rule()], { suppressions, today: "2026-06-30" })).toEqual({
      passed: true,
      verdicts: [["suppressed", `${suppression.reason} (until 2026-06-30)`]],
    });
    expect(outcome([rule()], { suppressions, today: "2026-07-01" })).toEqual({
      passed: false,
      verdicts: [["violated", "its suppression expired on 2026-06-30"]],
    });
  });

  it("is evaluated by today's date when no other is given", () => {
    const suppressions = [{ ...suppression, expires: "2020-01-01" }];
    const { passed } = evaluate(new PolicyGraph([open]), [rule()], { suppressions });
    expect(passed).toBe(false);
  });

  it("does not hold in prod for a rule that binds prod, but elsewhere", () => {
    const binding = rule({ binding: true });
    const suppressions = [suppression];
    expect(outcome([binding], { suppressions })).toEqual({
      passed: false,
      verdicts: [["violated", "prod may not suppress Thing.1"]],
    });
    expect(outcome([binding], { suppressions, environment: "staging" }).passed).toBe(true);
  });

  it("holds only for its resource and in its environments", () => {
    const elsewhere = { ...suppression, resources: ["another"] };
    const staging = { ...suppression, environments: ["staging" as const] };
    expect(outcome([rule()], { suppressions: [elsewhere] }).passed).toBe(false);
    expect(outcome([rule()], { suppressions: [staging] }).passed).toBe(false);
    expect(outcome([rule()], { suppressions: [staging], environment: "staging" }).passed).toBe(
      true,
    );
  });

  it.each(["open", "test:index:Thing open", "urn:test::open"])(
    "means its resource by name, by type and name, or by URN: %s",
    (entry) => {
      const suppressions = [{ ...suppression, resources: [entry] }];
      expect(judged([rule()], { suppressions })).toMatchObject({ passed: true, unused: [] });
    },
  );

  it("holds for a year at most, and says what the last day is", () => {
    const until = (expires: string, today: string) => () =>
      judged([rule()], { suppressions: [{ ...suppression, expires }], today });
    expect(until("2027-11-28", "2026-11-28")).not.toThrow();
    expect(until("2027-11-29", "2026-11-28")).toThrow(
      "The list of suppressions suppresses for longer than a year: Thing.1 until 2027-11-29. " +
        "The last day allowed today is 2027-11-28; look at each again by then.",
    );
    expect(until("2027-11-29", "2026-11-29")).not.toThrow();
    expect(until("9999-12-31", "2026-11-28")).toThrow(SuppressionError);
    expect(until("2029-03-01", "2028-02-29")).not.toThrow();
  });

  it.each([
    ["a reason of blanks", { reason: " ".repeat(40) }],
    ["a day that is none", { expires: "2027-02-30" }],
    ["no resource", { resources: [] }],
  ])("given by a program with %s is refused as one of a file", (_, wrong) => {
    const suppressions = [{ ...suppression, ...wrong }];
    expect(() => judged([rule()], { suppressions })).toThrow(SuppressionError);
  });

  it("that suppresses nothing is reported, unless it is of another environment", () => {
    const elsewhere = { ...suppression, resources: ["another"] };
    const dev = { ...elsewhere, environments: ["dev" as const] };
    expect(judged([rule()], { suppressions: [elsewhere, dev] }).unused).toEqual([elsewhere]);
    const both = { ...suppression, resources: ["open", "another"] };
    expect(judged([rule()], { suppressions: [both] }).unused).toEqual([elsewhere]);
  });

  it("of what a stack may be without is reported only where that is there", () => {
    const closed = resource("test:index:Thing", { locked: true }, { name: "closed" });
    const graph = new PolicyGraph([open, closed]);
    const of = (name: string) => ({ ...suppression, resources: [name], optional: true });
    const suppressions = [suppression, of("absent"), of("closed")];
    expect(judged([rule()], { suppressions }, graph).unused).toEqual([of("closed")]);
  });

  it("of a rule that does not exist is refused", () => {
    const suppressions = [{ ...suppression, rule: "Thing.2" }];
    expect(() => judged([rule()], { suppressions })).toThrow(
      "The list of suppressions suppresses rules that do not exist: Thing.2. Rules: Thing.1",
    );
  });
});
