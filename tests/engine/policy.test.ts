import * as path from "node:path";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { inventory } from "./inventory";
import { EngineStack } from "./stack";

const pack = path.resolve(__dirname, "../../bin/policy-pack");

let local: EmptyCloud;
let stack: EngineStack;

beforeAll(async () => {
  local = await startEmptyCloud();
  stack = await EngineStack.create({ name: "prod", cloud: local.cloud, policyPacks: [pack] });
});

afterAll(async () => {
  stack.remove();
  await local.stop();
});

describe("the policy pack", () => {
  it("lets prod pass as it is", async () => {
    const steps = await stack.preview();

    expect(steps.length).toBeGreaterThan(100);
  });

  it("stops a preview of what breaks a rule, with rule, resource, argument and remedy", async () => {
    await stack.set("database.multiAz", "false");

    await expect(stack.preview()).rejects.toThrow(
      /RDS\.5[^]*payments-database-instance[^]*multiAz: found false, expected true[^]*Set multiAz: true/,
    );
  });

  it("stops an update before the resource is created", async () => {
    await expect(stack.up()).rejects.toThrow(/RDS\.5/);

    expect((await inventory(local.cloud.clients)).join()).not.toContain("payments-prod-db");
    await stack.set("database.multiAz", "true");
  });

  it("finds what is missing beside a resource in the preview, when nothing is created yet", async () => {
    await stack.set("waf.enabled", "false");

    await expect(stack.preview()).rejects.toThrow(/APIGateway\.4[^]*payments-api-stage/);
  });
});
