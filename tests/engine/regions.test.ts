import { LogGroup } from "@pulumi/aws/cloudwatch";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { inventory } from "./inventory";
import { EngineStack, changes } from "./stack";

const ownRegion = "us-east-1";
const otherRegion = "us-west-2";

let local: EmptyCloud;
let stack: EngineStack;
/** Where the program puts its log group; by default in the stack's own region. */
let place: { region?: string } = {};

const program = () => {
  new LogGroup("group", { ...place, name: "/moved", retentionInDays: 7 });
  return {};
};

const groupsIn = async (region: string) =>
  (await inventory(local.cloud.inRegion(region).clients)).filter((one) =>
    one.startsWith("log group "),
  );

beforeAll(async () => {
  local = await startEmptyCloud();
  stack = await EngineStack.create({ name: "dev", cloud: local.cloud, program });
  await stack.up();
});

afterAll(async () => {
  stack.remove();
  await local.stop();
});

describe("a resource", () => {
  it("is not changed by naming the region that it is in anyway", async () => {
    place = { region: ownRegion };

    expect((await stack.preview()).filter(({ op }) => op === "replace")).toEqual([]);
    await stack.up();
    expect(await groupsIn(ownRegion)).toEqual(["log group /moved"]);
  });

  it("is replaced by moving it to another region, and gone from the first", async () => {
    place = { region: otherRegion };
    const moved = changes(await stack.up());

    expect(moved).toEqual(
      ["create-replacement", "delete-replaced", "replace"].map(
        (op) => `${op} aws:cloudwatch/logGroup:LogGroup group`,
      ),
    );
    expect([await groupsIn(ownRegion), await groupsIn(otherRegion)]).toEqual([
      [],
      ["log group /moved"],
    ]);
  });

  it("is deleted where it is", async () => {
    await stack.destroy();

    expect(await groupsIn(otherRegion)).toEqual([]);
  });
});
