import { evaluate } from "../../../lib/policy/evaluate";
import { PolicyGraph } from "../../../lib/policy/policy-graph";
import { rules } from "../../../lib/policy/rules";
import { resource } from "./rule-cases";

/** Milliseconds; a normal evaluation takes a small part of it. */
const patience = 10_000;

const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = "*";
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index));

/** Documents that are made to be slow, or not to be read; each lets anyone do anything, or would if it were. */
const documents: readonly (readonly [string, unknown])[] = [
  ["of 10 MB", { Statement: { ...statement, Sid: "x".repeat(10_000_000) } }],
  ["of two million numbers", { Statement: Array.from({ length: 2_000_000 }, () => 1) }],
  ["of 10,000 statements", { Statement: Array.from({ length: 10_000 }, () => statement) }],
  ["of as many statements as are read", { Statement: many(600, () => "").map(() => statement) }],
  ["of 10 MB of white space", `{"Statement":[]${" ".repeat(10_000_000)}}`],
  ["of 100,000 lists as text", "[".repeat(100_000) + "]".repeat(100_000)],
  ["of 10,000 maps as text", '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000)],
  ["of text in text", JSON.stringify(JSON.stringify("[".repeat(10_000)))],
  [
    "of thousands of conditions",
    {
      Statement: {
        ...statement,
        Condition: {
          StringNotLike: Object.fromEntries(
            many(3000, (index) => `aws:${String(index)}`).map((key) => [key, "*"]),
          ),
        },
      },
    },
  ],
  ["of stars", { Statement: { ...statement, Action: ["*a".repeat(25_000), "*"] } }],
  [
    "of thousands of patterns",
    {
      Statement: { ...statement, Action: [...many(3000, (index) => `*a*b*${String(index)}`), "*"] },
    },
  ],
  [
    "of thousands of resources",
    { Statement: { ...statement, Resource: many(3000, () => "*:/${x") } },
  ],
  ["of open variables", { Statement: { ...statement, Resource: "${".repeat(25_000) } }],
  ["of separators", { Statement: { ...statement, Resource: ":/*".repeat(20_000) } }],
];

const types = [...new Set(rules.flatMap((rule) => rule.types))];

/** What all rules find in a resource of every type, one after the other, and how long the slowest took. */
function evaluated(properties: Readonly<Record<string, unknown>>) {
  const reports = types.map((type) => {
    const start = performance.now();
    const { findings } = evaluate(new PolicyGraph([resource(type, properties)]), rules);
    return { findings, time: performance.now() - start };
  });
  return {
    findings: reports.flatMap(({ findings }) => findings),
    time: Math.max(...reports.map(({ time }) => time)),
  };
}

describe.each(documents)("a policy document %s", (_, document) => {
  const policy = {
    policy: document,
    assumeRolePolicy: document,
    inlinePolicies: [{ policy: document }],
  };

  it("is evaluated, or refused, in time by every rule, and never passes", () => {
    const { findings, time } = evaluated(policy);

    expect(time).toBeLessThan(patience);
    const found = findings.map(({ rule, resource: { type } }) => `${rule.id} ${type}`);
    const policyTypes = ["aws:iam/policy:Policy", "aws:iam/role:Role"];
    expect(policyTypes.filter((type) => !found.some((one) => one.endsWith(type)))).toEqual([]);
    expect(findings.every(({ message }) => message.length < 500)).toBe(true);
  });
});

describe("an argument that is made to be slow or not to be read", () => {
  it.each<[string, unknown]>([
    ["lists in lists", nested(100_000, (inner) => [inner])],
    ["maps in maps", nested(100_000, (inner) => ({ inner }))],
    ["maps for a principal", { Statement: { Principal: nested(100_000, (inner) => ({ inner })) } }],
  ])("is refused by the resource's name: %s", (_, policy) => {
    expect(() => new PolicyGraph([resource("aws:iam/policy:Policy", { policy })])).toThrow(
      "urn:test::subject cannot be evaluated: its arguments are nested more than 200 deep",
    );
  });

  it.each<[string, unknown]>([
    ["nested lists in text", "[".repeat(100_000) + "]".repeat(100_000)],
    ["10 MB", "x".repeat(10_000_000)],
    ["many stars", "*a".repeat(50_000)],
    ["many colons", ":/".repeat(50_000)],
    ["many digits", "1".repeat(100_000)],
    ["many brackets", "(".repeat(100_000)],
    ["many blanks", " ".repeat(100_000)],
    ["many parts of an address", "1.".repeat(50_000)],
  ])("stops no rule, whatever argument it is: %s", (_, value) => {
    // every argument that a rule reads has the value
    const { time } = evaluated(new Proxy({}, { get: () => value }));

    expect(time).toBeLessThan(patience);
  });
});
