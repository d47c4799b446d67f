import { graphDifferences, isPermitted as isAnyOf } from "../../lib/comparison/differences";
import type {
  ComparedResource,
  Difference,
  EnvironmentGraph,
} from "../../lib/comparison/differences";
import { modules } from "../../lib/modules";
import type { EnvironmentType } from "../../lib/types";
import { environmentGraph, variants } from "./environment-graph";

const pairs = [
  ["dev", "staging"],
  ["staging", "prod"],
  ["dev", "prod"],
] as const;

/** Differences between two environments, without optional modules or with all of them. */
async function differences(
  a: EnvironmentType,
  b: EnvironmentType,
  { chosen, config }: (typeof variants)[number],
): Promise<Difference[]> {
  const graphOf = async (environment: EnvironmentType): Promise<EnvironmentGraph> => ({
    environment,
    resources: (await environmentGraph(environment, chosen, config)).resources,
  });
  return graphDifferences(await graphOf(a), await graphOf(b));
}

const isPermitted = (difference: Difference) => isAnyOf(difference, modules.differences);

describe("the environments", () => {
  // a module may bring to an environment what only others have without it: a way out of the network
  describe.each(variants)("$modules", (variant) => {
    it.each(pairs)("%s and %s differ in nothing that is not declared", async (a, b) => {
      const found = await differences(a, b, variant);

      expect(found.filter((difference) => !isPermitted(difference))).toEqual([]);
    });
  });

  it("differ in everything that is declared, so that no declaration outlives its reason", async () => {
    const all: Difference[] = [];
    for (const variant of variants)
      for (const [a, b] of pairs) all.push(...(await differences(a, b, variant)));
    const unused = modules.differences.flatMap(({ setting, why, resources = [], ...more }) => {
      const single = [
        ...resources.map((key) => ({ setting, why, resources: [key] })),
        ...Object.entries(more.arguments ?? {}).flatMap(([type, paths]) =>
          paths.map((path) => ({ setting, why, arguments: { [type]: [path] } })),
        ),
      ];
      return single.filter((one) => !all.some((difference) => isAnyOf(difference, [one])));
    });

    expect(unused).toEqual([]);
  });
});

describe("the comparison of two graphs", () => {
  const resource = (more: Partial<ComparedResource>): ComparedResource => ({
    type: "aws:s3/bucket:Bucket",
    name: "audit",
    inputs: {},
    protect: false,
    retainOnDelete: false,
    ...more,
  });
  const compare = (a: Partial<ComparedResource>[], b: Partial<ComparedResource>[]): Difference[] =>
    graphDifferences(
      { environment: "dev", resources: a.map(resource) },
      { environment: "prod", resources: b.map(resource) },
    );

  it("takes the environments' own names for the same", () => {
    const inputs = (environment: string) => ({ name: `payments-${environment}-x`, note: "devout" });

    expect(compare([{ inputs: inputs("dev") }], [{ inputs: inputs("prod") }])).toEqual([]);
  });

  it("reports a resource that only one of them has", () => {
    const found = { type: "aws:s3/bucket:Bucket", name: "audit" };

    expect(compare([{}], [])).toEqual([found]);
    expect(compare([], [{}])).toEqual([found]);
  });

  it("reports each argument with another value by its path, and options", () => {
    const rules = (days: number) => [{ id: "archive", days }];

    expect(
      compare(
        [{ inputs: { rules: rules(30), only: undefined } }],
        [{ inputs: { rules: rules(90) }, protect: true }],
      ).map(({ argument }) => argument),
    ).toEqual(["rules.0.days", "only", "protect"]);
  });

  it("finds an undeclared difference, of a declared type too", () => {
    expect(isPermitted({ type: "aws:s3/bucket:Bucket", name: "audit" })).toBe(false);
    expect(
      isPermitted({ type: "aws:s3/bucket:Bucket", name: "audit", argument: "forceDestroy" }),
    ).toBe(true);
    expect(isPermitted({ type: "aws:s3/bucket:Bucket", name: "audit", argument: "bucket" })).toBe(
      false,
    );
  });
});
