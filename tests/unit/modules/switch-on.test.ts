import * as z from "zod";
import type { OutputDeclarations } from "../../../lib/core/outputs";
import { foundation } from "../../../lib/foundation";
import type { OptionalModule } from "../../../lib/modules/contract";
import { ModuleList } from "../../../lib/modules/module-list";
import { withModulesOn } from "../../../lib/modules/switch-on";

const schema = z.object({
  delivery: z.object({ enabled: z.boolean(), from: z.string(), days: z.int() }),
});
const mockDelivery: OptionalModule<
  z.infer<typeof schema>,
  OutputDeclarations,
  undefined,
  object
> = {
  name: "delivery",
  settings: {
    schema,
    values: ({ environment, environmentSuffix }) => ({
      delivery: { enabled: false, from: `${environment} ${environmentSuffix}`, days: 2 },
    }),
    problems: () => [],
  },
  outputs: {},
  differences: [],
  usage: { module: "delivery", assumptions: {}, usageOf: () => ({}) },
  checks: {},
  isEnabled: ({ delivery }) => delivery.enabled,
  // shows which stack it was asked about
  switchOn: ({ delivery: { from }, network: { natGateways } }) => ({
    delivery: { enabled: true, from: `${from} ${natGateways}` },
  }),
  needs: () => ({}),
  build: () => ({ outputs: {}, ports: {}, alarms: [], graphs: [] }),
};

jest.mock("../../../lib/modules", () => ({
  get modules() {
    return ModuleList.on(foundation).withOptional(mockDelivery, () => undefined);
  },
}));

/** The configuration of the stack `eu` of a project, with its optional module on. */
const switchedOn = (config: Readonly<Record<string, string>>, chosen = ["delivery"]) =>
  withModulesOn({ project: "shop", config, skippedKeys: ["shop:key"] }, "eu", chosen).config;

describe("a stack's file with modules switched on", () => {
  it("has their sections as Pulumi has them, and everything else as it was", () => {
    const config = {
      "aws:region": "eu-central-1",
      "shop:environment": "staging",
      "shop:delivery": '{"days":5}',
      "shop:logs": '{ "retentionDays": 14 }',
    };

    expect(withModulesOn({ project: "shop", config, skippedKeys: ["k"] }, "eu", ["all"])).toEqual({
      project: "shop",
      config: {
        ...config,
        "shop:delivery": '{"days":5,"enabled":true,"from":"staging eu single"}',
      },
      skippedKeys: ["k"],
    });
  });

  it("is that of the stack's own environment, suffix and settings", () => {
    const from = (config: Readonly<Record<string, string>>) => {
      const section = z.object({ from: z.string() });
      return section.parse(JSON.parse(switchedOn(config)["shop:delivery"] ?? "")).from;
    };

    expect(from({ "shop:environment": "dev", "shop:environmentSuffix": "a" })).toBe("dev a single");
    expect(from({ "shop:environment": "dev", "shop:environmentSuffix": "" })).toBe("dev eu single");
    expect(from({ "shop:environment": "dev", "shop:network": '{"natGateways":"perAz"}' })).toBe(
      "dev eu perAz",
    );
  });

  it("is as it was without one to switch on", () => {
    const config = { "shop:environment": "dev", "shop:delivery": '{ "days": 5 }' };

    expect(switchedOn(config, [])).toEqual(config);
  });

  it("is as it was where a section is no map of settings, for whoever reads it to refuse", () => {
    const config = { "shop:environment": "dev", "shop:delivery": "soon" };

    expect(switchedOn(config)).toEqual(config);
  });

  it("is refused for a module that there is not, in no environment either", () => {
    expect(() => switchedOn({ "shop:environment": "live" }, ["orders"])).toThrow(
      "--with orders: no such optional module; there are: delivery",
    );
  });
});
