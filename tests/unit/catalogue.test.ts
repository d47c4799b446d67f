import { catalogue } from "../../lib/catalogue";
import { isInStateOnly } from "../../lib/catalogue/state-only";
import { isCharged } from "../../lib/cost/charges";
import { tokens } from "../../lib/diagram/tokens";
import { resourceTypes } from "../../lib/local/resources";
import { rules } from "../../lib/policy";
import { environmentTypes } from "../../lib/types";
import { environmentGraph, privateApi } from "./environment-graph";

const factsOf = Object.entries(catalogue);

/**
 * Types that any environment registers, without components; every module is on and the API private, as without there
 * are fewer.
 */
async function registeredTypes(): Promise<readonly string[]> {
  const graphs = await Promise.all(
    environmentTypes.map((environment) => environmentGraph(environment, ["all"], privateApi)),
  );
  const custom = graphs.flatMap(({ resources }) => resources.filter((one) => one.custom));
  return [...new Set(custom.map(({ type }) => type))].sort();
}

describe("the catalogue of resource types", () => {
  it("has the facts of every type that an environment registers, and the local cloud its entry", async () => {
    const types = await registeredTypes();
    const missing = types.flatMap((type) => [
      ...(type in catalogue || isInStateOnly(type) ? [] : [`${type}: lib/catalogue`]),
      ...(type in resourceTypes ? [] : [`${type}: lib/local/resources`]),
    ]);

    expect(types.length).toBeGreaterThan(60);
    expect(missing).toEqual([]);
  });

  it("has no type that no environment registers and that the local cloud does not create", async () => {
    const types = new Set([...(await registeredTypes()), ...Object.keys(resourceTypes)]);

    expect(Object.keys(catalogue).filter((type) => !types.has(type))).toEqual([]);
  });

  it("marks the types that a rule evaluates, and no others", () => {
    const judged = new Set(rules.flatMap(({ types }) => types));
    const wrong = factsOf.filter(
      ([type, facts]) => (facts.rules === "covered") !== judged.has(type),
    );

    expect(wrong.map(([type]) => type)).toEqual([]);
  });

  it("marks the types that are charged, and no others", () => {
    const wrong = factsOf.filter(([type, { cost }]) => (cost === "charged") !== isCharged(type));

    expect(wrong.map(([type]) => type)).toEqual([]);
  });

  it("marks the types that the diagram reads or draws, and no others", () => {
    const drawn = factsOf.filter(([, facts]) => facts.drawn !== "detail").map(([type]) => type);

    expect(drawn.sort()).toEqual(Object.values(tokens).sort());
  });
});
