import { modules } from "../../../lib/modules";
import { compareGraphs } from "../../../lib/comparison/compare";
import type { StackGraph } from "../../../lib/comparison/graph-file";
import { graph, prod, resource } from "./stack-graphs";

type Resources = StackGraph["resources"];

const versions = (before: Resources, after: Resources) =>
  compareGraphs(graph(before), graph(after), "versions");
const stacks = (before: Resources, after: Resources) =>
  compareGraphs(graph(before), graph(after, prod), modules.differences);
/** One bucket with other arguments. */
const changes = (before: Partial<Resources[number]>, after: Partial<Resources[number]>) =>
  versions([resource(before)], [resource(after)]).resources.flatMap((one) => one.arguments);

describe("two versions of a stack", () => {
  it("pass when they are the same", () => {
    const one = resource({ inputs: { bucket: "x" } });

    expect(versions([one], [one])).toMatchObject({ resources: [], equal: 1, passed: true });
  });

  it("differ in resources that were added or removed, reported with all arguments", () => {
    const one = resource({ inputs: { bucket: "x" } });
    const options = ["protect", "retainOnDelete"];

    expect(versions([], [one])).toMatchObject({
      resources: [
        {
          change: "added",
          name: "audit",
          arguments: [
            { argument: "bucket", after: `"x"` },
            ...options.map((argument) => ({ argument, after: "false" })),
          ],
        },
      ],
      equal: 0,
      passed: false,
    });
    expect(versions([one], []).resources).toMatchObject([
      { change: "removed", arguments: [{ argument: "bucket", before: `"x"` }, {}, {}] },
    ]);
  });

  it("differ in arguments, by path, with both values", () => {
    const before = { inputs: { rules: [{ days: 30 }], gone: 1 } };
    const after = { inputs: { rules: [{ days: 90 }], come: 2 } };

    expect(changes(before, after)).toEqual([
      { argument: "rules.0.days", before: "30", after: "90" },
      { argument: "gone", before: "1" },
      { argument: "come", after: "2" },
    ]);
  });

  it("need a reason for nothing, and get none, though stacks might differ so", () => {
    expect(changes({ protect: false }, { protect: true })).toEqual([
      { argument: "protect", before: "false", after: "true" },
    ]);
  });
});

describe("JSON documents among the arguments", () => {
  const policy = (action: string, space?: number) =>
    JSON.stringify({ Statement: [{ Action: action }] }, undefined, space);

  it("are compared by their content", () => {
    expect(
      changes({ inputs: { policy: policy("a") } }, { inputs: { policy: policy("b") } }),
    ).toEqual([{ argument: "policy.Statement.0.Action", before: `"a"`, after: `"b"` }]);
  });

  it("are the same however they are laid out", () => {
    expect(
      changes({ inputs: { policy: policy("a") } }, { inputs: { policy: policy("a", 2) } }),
    ).toEqual([]);
  });

  it("are taken as text where only their beginning looks like one", () => {
    expect(changes({ inputs: { text: "{a" } }, { inputs: { text: "{b" } })).toEqual([
      { argument: "text", before: `"{a"`, after: `"{b"` },
    ]);
  });
});

describe("secrets", () => {
  it("are reported when one is added, without the value", () => {
    expect(changes({}, { inputs: { token: "abc" }, secrets: ["token"] })).toEqual([
      { argument: "token", after: `"[secret]"` },
    ]);
  });

  it("are not shown by the graph that does not know them as such", () => {
    const open = { inputs: { variables: { token: "abc" } } };
    const found = changes(open, { ...open, secrets: ["variables.token"] });

    expect(found).toEqual([
      {
        argument: "variables.token",
        before: `"[hidden: a secret in the other graph]"`,
        after: `"[secret]"`,
      },
    ]);
  });

  it("are the same where both are secret", () => {
    const token = (value: string) => ({ inputs: { token: value }, secrets: ["token"] });

    expect(changes(token("abc"), token("xyz"))).toEqual([]);
  });
});

describe("two stacks", () => {
  it("pass when a setting explains all that differs, which is named", () => {
    const compared = stacks([resource()], [resource({ protect: true })]);

    expect(compared.passed).toBe(true);
    expect(compared.resources[0]?.arguments[0]?.reason).toMatchObject({
      setting: "protection.enabled",
    });
  });

  it("do not pass when an argument differs for no reason", () => {
    const compared = stacks(
      [resource()],
      [resource({ protect: true, inputs: { acl: "private" } })],
    );

    expect(compared.passed).toBe(false);
    expect(compared.resources[0]?.arguments).toEqual([
      expect.objectContaining({ argument: "protect", reason: expect.anything() as unknown }),
      { argument: "acl", after: `"private"` },
    ]);
  });

  it("do not pass when only one has a resource, unless a setting explains it", () => {
    const firewall = resource({ type: "aws:wafv2/webAcl:WebAcl", name: "waf" });

    expect(stacks([], [resource()]).passed).toBe(false);
    expect(stacks([], [firewall])).toMatchObject({
      passed: true,
      resources: [{ change: "added", reason: { setting: "waf.enabled" } }],
    });
  });

  it("have their own names in common, also with a suffix of one's own", () => {
    const named = (name: string) => [resource({ inputs: { name } })];
    const review = graph(named("payments-dev-audit-pr-42"), {
      stack: "pr-42",
      environmentSuffix: "pr-42",
    });
    const other = graph(named("payments-prod-audit-prod"), prod);

    expect(compareGraphs(review, other, modules.differences).resources).toEqual([]);
  });
});
