import * as fs from "node:fs";
import * as path from "node:path";
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { staleHours } from "../../bin/rehearsal/preparation-steps";
import { rehearsalTag } from "../../bin/rehearsal/project";
import type { Step } from "../../bin/rehearsal/run-steps";
import { rehearsalSteps } from "../../bin/rehearsal/steps";
import { inventory, isOfDeletedTable } from "./inventory";
import { RehearsalCloud, resultsOf, stepsOf } from "./rehearsing";

let cloud: RehearsalCloud;
let atFirst: string[];

beforeAll(async () => {
  cloud = await RehearsalCloud.start();
  atFirst = await inventory(cloud.local.cloud.clients);
});

afterAll(() => cloud.stop());

/** What the account has that it had not at first, but for what DynamoDB keeps by itself. */
const left = async () =>
  (await inventory(cloud.local.cloud.clients)).filter(
    (one) => !atFirst.includes(one) && !isOfDeletedTable(one),
  );

describe("a rehearsal of this program", () => {
  it("finds it as promised, step by step, and leaves nothing but the account's logging role", async () => {
    const rehearsal = await cloud.prepare();
    // it has tests of its own, and asks what the emulator does not know
    const steps = rehearsalSteps(rehearsal, { keep: false }).filter(
      ({ name }) => name !== "preflight",
    );

    const results = await resultsOf(rehearsal, steps);

    expect(Object.values(results).filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(Object.keys(results)).toEqual(steps.map(({ name }) => name));
    expect(results["alarm"]?.message).toMatch(/has notified.*team@example\.com: subscribed/);
    expect(results["update with a migration"]?.message).toMatch(/^\d{4}_rehearsal applied/);
    expect(results["leftovers"]?.message).toMatch(/^nothing is left.* is deleted on /);
    expect(await left()).toEqual([expect.stringMatching(/^role dev-payment-api-logs-\d{26}$/)]);
  }, 900_000);
});

/** A project like this one with a small program: `group` makes a log group with the arguments of that name. */
function smallProject(code: string): string {
  const folder = fs.mkdtempSync(path.join(cloud.folder, "project-"));
  const root = path.resolve(__dirname, "../..");
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const files = {
    "Pulumi.yaml":
      "name: payments\nmain: index.js\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "Pulumi.dev.yaml": "config:\n  payments:environment: dev\n",
    "package.json": "{}",
    "index.js": `
      const { LogGroup } = require("@pulumi/aws/cloudwatch");
      const { getStack } = require("@pulumi/pulumi");
      const group = (args) => new LogGroup("group", { name: "/small/" + getStack(), ...args });
      ${code}`,
  };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

const still = "group({ retentionInDays: 7 });";

/** What happens before a step. */
const before = (name: string, steps: readonly Step[], work: () => Promise<unknown>): Step[] =>
  steps.flatMap((step) => {
    const happens: Step = {
      name: `before ${name}`,
      limitMinutes: 1,
      run: async () => String(await work()),
    };
    return step.name === name ? [happens, step] : [step];
  });

describe("a rehearsal of what does not do as promised", () => {
  const small = async (code: string) => {
    const rehearsal = await cloud.prepare(smallProject(code));
    const names = ["stack", "up", "second up", "refresh", "destroy", "leftovers"];
    return { rehearsal, steps: stepsOf(rehearsal, ...names) };
  };

  it("fails at a second update that changes something, names it, and destroys all the same", async () => {
    const { rehearsal, steps } = await small(
      'group({ name: "/small/" + getStack() + Date.now() });',
    );

    const results = await resultsOf(rehearsal, steps);

    expect(results).toMatchObject({
      up: { outcome: "passed" },
      "second up": { outcome: "failed" },
      refresh: { outcome: "skipped" },
      destroy: { outcome: "passed" },
      leftovers: { outcome: "passed" },
    });
    expect(results["second up"]?.message).toMatch(
      /\ngroup \(aws:cloudwatch\/logGroup:LogGroup\) would be replaced: name/,
    );
  });

  it("fails at a refresh that finds something changed", async () => {
    const { rehearsal, steps } = await small(still);
    const change = () =>
      cloud.local.cloud.clients.logs.send(
        new PutRetentionPolicyCommand({
          logGroupName: `/small/${rehearsal.stack}`,
          retentionInDays: 90,
        }),
      );

    const results = await resultsOf(rehearsal, before("refresh", steps, change));

    expect(results).toMatchObject({
      "second up": { outcome: "passed" },
      refresh: { outcome: "failed" },
      destroy: { outcome: "passed" },
    });
    expect(results["refresh"]?.message).toContain("retentionInDays");
  });

  it("destroys what an update has made before it failed", async () => {
    const { rehearsal, steps } = await small(
      `group({}).id.apply(() => { throw new Error("half a stack"); });`,
    );

    const results = await resultsOf(rehearsal, steps);

    expect(results).toMatchObject({
      up: { outcome: "failed" },
      "second up": { outcome: "skipped" },
      destroy: { outcome: "passed" },
      leftovers: { outcome: "passed" },
    });
    expect(results["up"]?.message).toContain("half a stack");
  });

  it("finds what is left behind: by its name, and by its tag", async () => {
    const { rehearsal, steps } = await small(still);
    const { stack } = rehearsal;
    const { logs, sns } = cloud.local.cloud.clients;
    const leave = async () => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/late-${stack}` }));
      await sns.send(
        new CreateTopicCommand({ Name: "late", Tags: [{ Key: rehearsalTag, Value: stack }] }),
      );
    };

    const results = await resultsOf(rehearsal, before("leftovers", steps, leave));

    expect(results["leftovers"]).toMatchObject({
      outcome: "failed",
      message: `2 left of ${stack}:\narn:aws:sns:us-east-1:000000000000:late\nlog group /aws/lambda/late-${stack}`,
    });
  });

  it("does nothing in another account than the one named", async () => {
    const rehearsal = await cloud.prepare(smallProject(still));
    const steps = stepsOf(
      { ...rehearsal, account: "111122223333" },
      "account",
      "stack",
      "up",
      "destroy",
    );

    const results = await resultsOf(rehearsal, steps);

    expect(results["account"]?.message).toContain("000000000000");
    expect(results).toMatchObject({
      account: { outcome: "failed" },
      up: { outcome: "skipped" },
      destroy: { outcome: "passed", message: "there is no stack" },
    });
  });
});

it("a rehearsal destroys the stack of one that was killed, and no younger one's", async () => {
  const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() - (staleHours + 1) * 3_600_000);
  const killed = await cloud.prepare(smallProject(still));
  now.mockRestore();
  const running = await cloud.prepare(smallProject(still));
  const next = await cloud.prepare(smallProject(still));
  for (const one of [killed, running]) {
    const results = await resultsOf(one, stepsOf(one, "stack", "up"));
    expect(results).toMatchObject({ stack: { outcome: "passed" }, up: { outcome: "passed" } });
  }

  const results = await resultsOf(next, stepsOf(next, "sweep"));

  expect(results["sweep"]).toMatchObject({
    outcome: "passed",
    message: `destroyed ${killed.stack}`,
  });
  const there = await left();
  expect(there).toContain(`log group /small/${running.stack}`);
  expect(there).not.toContain(`log group /small/${killed.stack}`);
}, 600_000);
