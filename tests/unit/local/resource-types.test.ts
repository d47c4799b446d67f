import { resourceTypes } from "../../../lib/local/resources";
import { environmentTypes } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

describe("the types that the local cloud can create, replace and delete", () => {
  it.each(environmentTypes)("are all that %s registers", async (environment) => {
    const { resources } = await environmentGraph(environment);
    const registered = new Set(resources.flatMap(({ type, custom }) => (custom ? [type] : [])));

    expect(registered.size).toBeGreaterThan(40);
    expect([...registered].filter((type) => resourceTypes[type] === undefined)).toEqual([]);
  });
});
