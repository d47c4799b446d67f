import * as fs from "node:fs";
import * as path from "node:path";
import { DeleteLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { filesBelow } from "./secrets";
import { EngineStack } from "./stack";

/** What the program makes: names and retention of log groups. */
let groups: Record<string, { name: string; retentionInDays: number }>;

const program = () => {
  for (const [name, args] of Object.entries(groups)) new LogGroup(name, args);
  return {};
};

const deployed = {
  kept: { name: "/drift/kept", retentionInDays: 7 },
  changed: { name: "/drift/changed", retentionInDays: 7 },
  gone: { name: "/drift/gone", retentionInDays: 7 },
  updated: { name: "/drift/updated", retentionInDays: 7 },
  renamed: { name: "/drift/renamed", retentionInDays: 7 },
  removed: { name: "/drift/removed", retentionInDays: 7 },
};

let local: EmptyCloud;
let stack: EngineStack;

beforeAll(async () => {
  groups = deployed;
  local = await startEmptyCloud();
  stack = await EngineStack.create({ name: "dev", cloud: local.cloud, program });
  await stack.up();
});

afterAll(async () => {
  stack.remove();
  await local.stop();
});

const found = async () =>
  (await stack.drift()).map(({ kind, name, properties }) => [kind, name, ...properties].join(" "));

describe("drift", () => {
  it("is none right after an update", async () => {
    expect(await stack.drift()).toEqual([]);
  });

  it("is what differs between AWS and the state and what the program would change, and is found read-only", async () => {
    const { logs } = local.cloud.clients;
    const { kept, changed, gone, updated, renamed } = deployed;
    await logs.send(
      new PutRetentionPolicyCommand({ logGroupName: changed.name, retentionInDays: 90 }),
    );
    await logs.send(new DeleteLogGroupCommand({ logGroupName: gone.name }));
    groups = {
      kept,
      changed,
      gone,
      updated: { ...updated, retentionInDays: 30 },
      renamed: { ...renamed, name: "/drift/other-name" },
      created: { name: "/drift/created", retentionInDays: 7 },
    };
    const before = stack.state();
    const all = [
      "changed changed retentionInDays",
      "create created",
      "delete removed",
      "gone gone",
      "replace renamed name",
      "update updated retentionInDays",
    ];

    expect((await found()).sort()).toEqual(all);
    expect((await found()).sort()).toEqual(all);
    expect(stack.state()).toEqual(before);
  });
});

it("drift does not select the stack", async () => {
  const selections = path.join(stack.folder, "home/workspaces");
  fs.rmSync(selections, { recursive: true });

  await stack.drift();

  expect(fs.existsSync(selections) ? filesBelow(selections).join() : "").not.toContain("dev");
});

describe("drift that cannot be determined", () => {
  it("reports that there is no such stack", async () => {
    await expect(stack.drift("nowhere")).rejects.toThrow("There is no stack nowhere");
  });

  it("reports that the passphrase is wrong", async () => {
    await expect(stack.drift("dev", { PULUMI_CONFIG_PASSPHRASE: "wrong" })).rejects.toThrow(
      "PULUMI_CONFIG_PASSPHRASE",
    );
  });

  it("reports that the CLI is not signed in", async () => {
    await expect(
      stack.drift("dev", { PULUMI_BACKEND_URL: "", PULUMI_ACCESS_TOKEN: "" }),
    ).rejects.toThrow("`pulumi login`");
  });

  it("reports what AWS refuses", async () => {
    const refusal = jest.spyOn(local.cloud.clients.logs, "send").mockImplementation(() => {
      throw new Error("the token has expired");
    });

    await expect(stack.drift()).rejects.toThrow("the token has expired");
    refusal.mockRestore();
  });
});
