import { PolicyGraph } from "../../../lib/policy/policy-graph";
import type { PolicyResource } from "../../../lib/policy/policy-graph";
import type { Rule } from "../../../lib/policy/rule";

/** A resource of a graph made for a test: its arguments, and by argument the names of what they come from. */
export function resource(
  type: string,
  properties: Readonly<Record<string, unknown>>,
  options: {
    readonly name?: string;
    readonly from?: Readonly<Record<string, string>>;
    readonly id?: string;
    readonly arn?: string;
  } = {},
): PolicyResource {
  const { name = "subject", from = {}, ...identity } = options;
  return {
    type,
    name,
    urn: urnOf(name),
    properties,
    sources: Object.fromEntries(
      Object.entries(from).map(([property, source]) => [property, [urnOf(source)]]),
    ),
    protect: false,
    ...identity,
  };
}

/** A day so many days from today, `YYYY-MM-DD`. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const urnOf = (name: string) => `urn:test::${name}`;

/** A graph on which a rule is tried: a resource's arguments, or several resources. */
export type Given = Readonly<Record<string, unknown>> | readonly PolicyResource[];

/** What a rule lets pass and what it does not, with the arguments at fault. */
export interface RuleCase {
  readonly rule: string;
  readonly passes: readonly Given[];
  /** `at`: the paths at fault, of all violations together. */
  readonly fails: readonly { readonly given: Given; readonly at: readonly string[] }[];
}

/**
 * Tries each rule of a table on what it must let pass and on what it must find, and fails for a rule
 * without cases.
 */
export function describeRules(
  title: string,
  rules: readonly Rule[],
  cases: readonly RuleCase[],
): void {
  describe(title, () => {
    it("has a passing and a failing case for every rule", () => {
      const complete = cases.filter(({ passes, fails }) => passes.length > 0 && fails.length > 0);
      expect(complete.map(({ rule }) => rule).sort()).toEqual(rules.map(({ id }) => id).sort());
    });

    describe.each(cases)("$rule", ({ rule: id, passes, fails }) => {
      it.each(passes.map((given) => [given]))("lets pass %j", (given) => {
        expect(violations(rules, id, given)).toEqual([]);
      });

      it.each(fails.map(({ given, at }) => [given, at] as const))("finds %j at %j", (given, at) => {
        const found = violations(rules, id, given);
        expect(found).not.toEqual([]);
        expect(found.flatMap(({ paths }) => paths).sort()).toEqual([...at].sort());
      });
    });
  });
}

function violations(rules: readonly Rule[], id: string, given: Given) {
  const rule = rules.find((one) => one.id === id);
  const [type = ""] = rule?.types ?? [];
  const graph = new PolicyGraph(isList(given) ? given : [resource(type, given)]);
  return graph
    .ofType(...(rule?.types ?? []))
    .flatMap((subject) => rule?.check(subject, graph) ?? []);
}

function isList(given: Given): given is readonly PolicyResource[] {
  return Array.isArray(given);
}
