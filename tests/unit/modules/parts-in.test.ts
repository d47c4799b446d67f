import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { outputsIn } from "../../../lib/core/outputs";
import { foundation } from "../../../lib/foundation";
import type { OptionalModule } from "../../../lib/modules/contract";
import { ModuleList } from "../../../lib/modules/module-list";

const schema = z.object({ delivery: z.object({ enabled: z.boolean() }) });
const outputs = { deliveryOf: outputsIn("Delivery").text("What is delivered.") };
const delivery: OptionalModule<z.infer<typeof schema>, typeof outputs, undefined, object> = {
  name: "delivery",
  settings: { schema, values: () => ({ delivery: { enabled: true } }), problems: () => [] },
  outputs,
  differences: [],
  usage: { module: "delivery", assumptions: {}, usageOf: () => ({}) },
  checks: {},
  isEnabled: () => true,
  switchOn: () => ({}),
  needs: () => ({}),
  build: () => ({
    outputs: { deliveryOf: pulumi.output("orders") },
    ports: {},
    alarms: [],
    graphs: [],
  }),
};
const list = ModuleList.on(foundation).withOptional(delivery, () => undefined);
const namesIn = (deployed: Record<string, unknown>) =>
  list.partsIn(deployed).map(({ name }) => name);

describe("the parts of a deployed stack", () => {
  it("are with an optional module where its outputs are among the stack's", () => {
    expect(namesIn({ vpcId: "vpc-1", deliveryOf: "orders" })).toEqual(["foundation", "delivery"]);
  });

  it("are without it where they are not", () => {
    expect(namesIn({ vpcId: "vpc-1" })).toEqual(["foundation"]);
  });

  it("are always with those that every stack has, whatever its outputs lack", () => {
    expect(namesIn({})).toEqual(["foundation"]);
  });
});
