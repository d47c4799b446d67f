import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import type { OutputDeclarations } from "../../../lib/core/outputs";
import { outputsIn } from "../../../lib/core/outputs";
import { foundation } from "../../../lib/foundation";
import type { Foundation } from "../../../lib/foundation/foundation";
import type { Alarm } from "../../../lib/components/monitoring/alarm";
import { UserError } from "../../../lib/core/user-error";
import { valueOf } from "../../../lib/graph/record";
import { modules } from "../../../lib/modules";
import type { Module, OptionalModule } from "../../../lib/modules/contract";
import { ModuleList } from "../../../lib/modules/module-list";
import { environmentTypes } from "../../../lib/types";
import { demanded } from "../demanded";

const names = { environment: "dev", environmentSuffix: "dev" } as const;
const alarm = (purpose: string): Alarm => ({
  purpose,
  description: "too many",
  threshold: 1,
  metric: { namespace: "Shop", metricName: "Orders", statistic: "Sum" },
  treatMissingData: "notBreaching",
});
const outputs = outputsIn("Shop");
const undeclared = {
  differences: [],
  checks: {},
  usage: { module: "shop", assumptions: {}, usageOf: () => ({}) },
};

/** Sells, with a setting in a section of its own and one beside the foundation's alarms. */
const ordersSchema = z.object({
  orders: z.object({ atOnce: z.int().min(1).describe("Orders at once.") }),
  alarms: z.object({ openOrders: z.int().min(1).describe("Open orders above this.") }),
});
const ordersOutputs = { ordersTable: outputs.text("The table of orders.") };
const orders: Module<
  z.infer<typeof ordersSchema>,
  typeof ordersOutputs,
  undefined,
  { readonly ordersTable: string }
> = {
  ...undeclared,
  name: "orders",
  settings: {
    schema: ordersSchema,
    values: ({ environment }) => ({
      orders: { atOnce: environment === "prod" ? 100 : 10 },
      alarms: { openOrders: 5 },
    }),
    problems: ({ orders: { atOnce }, alarms: { openOrders } }) =>
      openOrders > atOnce ? [{ key: "alarms.openOrders", message: "more than orders.atOnce" }] : [],
  },
  outputs: ordersOutputs,
  needs: () => ({ endpoints: { dynamodb: ["dynamodb:PutItem"] } }),
  build: (_, settings) => ({
    outputs: { ordersTable: pulumi.output(`orders of ${settings.tags.Project}`) },
    ports: { ordersTable: "orders" },
    alarms: [alarm("open-orders")],
    graphs: [[{ title: "Orders", unit: "orders", lines: [] }]],
  }),
};

/** Delivers what is ordered, where an environment wants it. */
const deliverySchema = z.object({
  delivery: z.object({ enabled: z.boolean().describe("Deliver orders.") }),
});
const deliveryOutputs = { deliveryOf: outputs.text("What is delivered.") };
const delivery: OptionalModule<
  z.infer<typeof deliverySchema>,
  typeof deliveryOutputs,
  string,
  { readonly courier: string }
> = {
  ...undeclared,
  usage: { ...undeclared.usage, module: "delivery" },
  name: "delivery",
  settings: {
    schema: deliverySchema,
    values: () => ({ delivery: { enabled: false } }),
    problems: () => [],
  },
  outputs: deliveryOutputs,
  isEnabled: (settings) => settings.delivery.enabled,
  // a zone's couriers must not depend on another's
  switchOn: ({ network }) => ({
    delivery: { enabled: true },
    ...(network.natGateways === "single" && { network: { natGateways: "perAz" } }),
  }),
  needs: () => ({ endpoints: { sqs: ["sqs:SendMessage"] } }),
  build: (_foundation, _settings, table) => ({
    outputs: { deliveryOf: pulumi.output(table) },
    ports: { courier: "courier" },
    alarms: [alarm("late-deliveries")],
    graphs: [[{ title: "Deliveries", unit: "deliveries", lines: [] }]],
  }),
};

const shop = ModuleList.on(foundation)
  .with(orders, () => undefined)
  .withOptional(delivery, ({ ordersTable }) => ordersTable);
/** Keeps what is bought, where an environment wants it and has room for it. */
const warehouseSchema = z.object({
  warehouse: z.object({ enabled: z.boolean(), places: z.int().min(1) }),
});
const warehouse: OptionalModule<
  z.infer<typeof warehouseSchema>,
  OutputDeclarations,
  undefined,
  object
> = {
  ...undeclared,
  name: "warehouse",
  settings: {
    schema: warehouseSchema,
    values: () => ({ warehouse: { enabled: false, places: 1 } }),
    problems: () => [],
  },
  outputs: {},
  isEnabled: (settings) => settings.warehouse.enabled,
  switchOn: ({ warehouse: { places } }) => ({
    warehouse: { enabled: true, places: Math.max(places, 100) },
  }),
  needs: () => ({}),
  build: () => ({ outputs: {}, ports: {}, alarms: [], graphs: [] }),
};

/** The modules here look at their settings only. */
const built = (overrides: Readonly<Record<string, unknown>> = {}) => {
  const { settings, problems } = shop.settings(names, overrides);
  if (settings === undefined) throw new Error(JSON.stringify(problems));
  return { ...shop.build({} as Foundation, settings, {}), needs: shop.needs(settings) };
};

describe("a list of modules", () => {
  it("has each environment's values of all parts, those of a shared section together", () => {
    const { orders: own, alarms, delivery: off } = shop.defaults({ ...names, environment: "prod" });

    expect(own).toEqual({ atOnce: 100 });
    expect(alarms).toMatchObject({ openOrders: 5, lambdaErrors: 10 });
    expect(off).toEqual({ enabled: false });
  });

  it("has an environment's values with modules switched on", () => {
    const { delivery: on, network } = shop.defaults(names, ["delivery"]);

    expect(on).toEqual({ enabled: true });
    expect(network.natGateways).toBe("perAz");
  });

  it("has the use of the modules that are on, and of the foundation", () => {
    const used = (chosen: readonly string[]) =>
      shop.usagesOf(shop.defaults(names, chosen)).map(({ module }) => module);

    expect(used([])).toEqual(["foundation", "shop"]);
    expect(used(["delivery"])).toEqual(["foundation", "shop", "delivery"]);
  });

  it("lets a stack override single keys of any part", () => {
    const { settings } = shop.settings(names, {
      orders: { atOnce: 20 },
      alarms: { lambdaErrors: 3 },
      tags: { Team: "checkout" },
    });

    expect(settings).toMatchObject({
      orders: { atOnce: 20 },
      alarms: { openOrders: 5, lambdaErrors: 3 },
      tags: { Team: "checkout", Project: "payments" },
    });
  });

  it("refuses unknown sections, keys and values, and what a part's own checks find", () => {
    const keysOf = (overrides: Readonly<Record<string, unknown>>) =>
      shop.settings(names, overrides).problems.map(({ key }) => key);

    expect(keysOf({ order: {}, orders: { atonce: 1 }, alarms: { openOrders: 0 } })).toEqual([
      "alarms.openOrders",
      "orders.atonce",
      "order",
    ]);
    expect(keysOf({ alarms: { openOrders: 11 } })).toEqual(["alarms.openOrders"]);
  });

  it.each([
    ["is no object of settings", z.object({ list: z.array(z.int()) }), "settings in list must be"],
    ["has another part's setting", ordersSchema, "two parts declare orders.atOnce"],
  ])("refuses a part with a section that %s", (_, schema, message) => {
    const part: Module<Record<string, object>, OutputDeclarations, undefined, object> = {
      ...undeclared,
      name: "more",
      settings: { schema, values: () => ({}), problems: () => [] },
      outputs: {},
      needs: () => ({}),
      build: () => ({ outputs: {}, ports: {}, alarms: [], graphs: [] }),
    };

    expect(() => shop.with(part, () => undefined).schema).toThrow(message);
  });

  it("builds a module that is off nowhere: no output, need, alarm or graph is of it", async () => {
    const { outputs: found, needs, alarms, graphs, ports } = built();

    expect(await valueOf(found.ordersTable)).toBe("orders of payments");
    expect(found.deliveryOf).toBeUndefined();
    expect(needs).toEqual([{ endpoints: { dynamodb: ["dynamodb:PutItem"] } }]);
    expect(alarms.map(({ purpose }) => purpose)).toEqual(["open-orders"]);
    expect(graphs.flat().map(({ title }) => title)).toEqual(["Orders"]);
    expect(ports).toEqual({ ordersTable: "orders" });
  });

  it("connects a module that is on to the ports of those before it", async () => {
    const { outputs: found, needs, alarms, graphs, ports } = built({ delivery: { enabled: true } });

    expect(found.deliveryOf && (await valueOf(found.deliveryOf))).toBe("orders");
    expect(needs).toHaveLength(2);
    expect(alarms.map(({ purpose }) => purpose)).toEqual(["open-orders", "late-deliveries"]);
    expect(graphs.flat().map(({ title }) => title)).toEqual(["Orders", "Deliveries"]);
    expect(ports).toEqual({ ordersTable: "orders", courier: "courier" });
  });
});

describe("modules that are switched on", () => {
  const town = shop.withOptional(warehouse, () => undefined);
  const on = (chosen: readonly string[], overrides: Readonly<Record<string, unknown>> = {}) =>
    town.switchOn(names, overrides, chosen);

  it("are those that are named, with what they cannot be on with", () => {
    expect(on(["delivery"])).toEqual({
      delivery: { enabled: true },
      network: { natGateways: "perAz" },
    });
    expect(on(["warehouse"])).toEqual({ warehouse: { enabled: true, places: 100 } });
    expect(on([])).toEqual({});
  });

  it("are all, where that is asked for", () => {
    expect(on(["all"])).toEqual(on(["warehouse", "delivery"]));
    expect(Object.keys(on(["all"]))).toEqual(["delivery", "network", "warehouse"]);
  });

  it("keep what the stack overrides, but for what they cannot be on with", () => {
    expect(
      on(["all"], {
        network: { natGateways: "single", interfaceEndpointZones: 2 },
        warehouse: { places: 200 },
        orders: { atOnce: 20 },
      }),
    ).toEqual({
      delivery: { enabled: true },
      network: { natGateways: "perAz", interfaceEndpointZones: 2 },
      warehouse: { enabled: true, places: 200 },
      orders: { atOnce: 20 },
    });
    expect(on(["all"], { network: { natGateways: "perAz" }, warehouse: { places: 5 } })).toEqual({
      delivery: { enabled: true },
      network: { natGateways: "perAz" },
      warehouse: { enabled: true, places: 100 },
    });
  });

  it("are left as they are where they are on already", () => {
    const overrides = { warehouse: { enabled: true, places: 5 } };

    expect(on(["warehouse"], overrides)).toEqual(overrides);
  });

  it("are none in a stack whose settings are refused, which is reported as ever", () => {
    const overrides = { warehouse: { places: "many" } };

    expect(on(["all"], overrides)).toEqual(overrides);
  });

  it.each([
    [["shop"], "--with shop: no such optional module; there are: delivery, warehouse"],
    [
      ["warehouse", "orders", "all", "mall"],
      "--with orders,mall: no such optional module; there are: delivery, warehouse",
    ],
  ])("are refused where there is no optional module of a name: %j", (chosen, message) => {
    expect(() => on(chosen)).toThrow(new UserError(message));
  });

  it("are refused where no module is optional, but for all of none", () => {
    const list = ModuleList.on(foundation).with(orders, () => undefined);

    expect(() => list.switchOn(names, {}, ["shop"])).toThrow(
      "--with shop: no such optional module; there are none, every module is always on",
    );
    expect(list.switchOn(names, {}, ["all"])).toEqual({});
  });
});

describe("the modules of the program", () => {
  const optional = modules.parts.filter(({ isOptional }) => isOptional).map(({ name }) => name);

  it.each(environmentTypes)("are off in %s, where they are optional", (environment) => {
    const own = { environment, environmentSuffix: environment };
    const added = (name: string) => Object.keys(modules.switchOn(own, {}, [name]));

    expect(optional.filter((name) => added(name).length === 0)).toEqual([]);
  });

  it.each(environmentTypes)("are all on in %s without a problem", (environment) => {
    const own = { environment, environmentSuffix: environment };

    expect(
      modules.settings(own, modules.switchOn(own, demanded(environment), ["all"])).problems,
    ).toEqual([]);
  });

  it("declare no output that another part has", () => {
    const declared = modules.parts.flatMap(({ outputs: own }) => Object.keys(own));

    expect(declared.filter((name, index) => declared.indexOf(name) !== index)).toEqual([]);
  });

  it("say in a sentence what each output means", () => {
    const meanings = modules.parts.flatMap(({ outputs: own }) =>
      Object.values<OutputDeclarations[string]>(own).map(({ meaning }) => meaning),
    );

    expect(meanings.length).toBeGreaterThan(100);
    for (const meaning of meanings) expect(meaning).toMatch(/^[A-Z`].*[.…]$/);
  });
});
