import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { EngineStack, changes } from "./stack";

describe.each(["dev"] as const)("%s", (environment) => {
  let local: EmptyCloud;
  let stack: EngineStack;

  beforeAll(async () => {
    local = await startEmptyCloud();
    stack = await EngineStack.create({ name: environment, cloud: local.cloud });
  });
  afterAll(async () => {
    stack.remove();
    await local.stop();
  });

  it("is previewed as nothing but creations", async () => {
    const steps = await stack.preview();
    expect(steps.filter(({ op }) => op !== "create")).toEqual([]);
  });

  it("is created by one update", async () => {
    const steps = await stack.up();
    expect(steps.filter(({ op }) => op !== "create")).toEqual([]);
  });

  it("is not changed by a second update", async () => {
    expect(changes(await stack.up())).toEqual([]);
  });

  it("alarm", async () => {
    await stack.set("alarms.databaseCpuPercent", "70");
    expect(changes(await stack.up())).toEqual([]);
  });
  it("functions", async () => {
    await stack.set("functions.memoryMiB", "1024");
    expect(changes(await stack.preview())).toEqual([]);
  });
  it("is destroyed", async () => {
    expect(changes(await stack.destroy())).toEqual([]);
  });
});
