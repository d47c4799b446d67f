import { ScheduleComponent } from "../../../lib/components/schedule";
import type { ScheduleComponentArgs } from "../../../lib/components/schedule";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<ScheduleComponentArgs> = {}) =>
  record(
    () =>
      new ScheduleComponent("payments-reconcile", {
        context: testContext("dev"),
        purpose: "reconcile",
        description: "Compares table and ledger",
        everyMinutes: 60,
        functionArn: "arn:function",
        functionName: "function",
        ...args,
      }),
  );

const ruleType = "aws:cloudwatch/eventRule:EventRule";
const permissionType = "aws:lambda/permission:Permission";

describe("a schedule", () => {
  it("invokes the function at a fixed rate", async () => {
    const graph = await build();
    const rule = graph.one(ruleType);
    const target = graph.one("aws:cloudwatch/eventTarget:EventTarget");

    expect(rule.inputs).toEqual({
      name: "payments-dev-reconcile-dev",
      description: "Compares table and ledger",
      scheduleExpression: "rate(60 minutes)",
      tags: { ...testContext("dev").tags, Name: "payments-dev-reconcile-dev" },
    });
    expect(target.inputs).toEqual({ rule: "payments-dev-reconcile-dev", arn: "arn:function" });
    expect(await valueOf(graph.result.ruleName)).toBe("payments-dev-reconcile-dev");
    expect(await valueOf(graph.result.ruleArn)).toMatch(/^arn:aws:/);
  });

  it("may invoke that function, and is permitted to before its first invocation", async () => {
    const graph = await build();
    const permission = graph.one(permissionType);

    expect(permission.inputs).toEqual({
      action: "lambda:InvokeFunction",
      function: "function",
      principal: "events.amazonaws.com",
      sourceArn: await valueOf(graph.result.ruleArn),
    });
    expect(graph.dependenciesOf(graph.one("aws:cloudwatch/eventTarget:EventTarget"))).toContain(
      permission,
    );
  });

  it("can be changed by a consumer", async () => {
    const graph = await build({ transform: { rule: { state: "DISABLED" } } });

    expect(graph.one(ruleType).inputs["state"]).toBe("DISABLED");
  });
});
