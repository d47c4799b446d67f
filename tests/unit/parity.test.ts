import { graphDifferences, isPermitted as isAnyOf } from "../../lib/comparison/differences";
import type {
  ComparedResource,
  Difference,
  EnvironmentGraph,
} from "../../lib/comparison/differences";
import { modules } from "../../lib/modules";
import type { EnvironmentType } from "../../lib/types";
import { environmentGraph } from "./environment-graph";

const graphs = {} as Record<EnvironmentType, EnvironmentGraph>;

beforeAll(async () => {
  for (const environment of ["dev", "staging", "prod"] as const) {
    const { resources } = await environmentGraph(environment);
    graphs[environment] = { environment, resources };
  }
}, 120_000);

const differences = (a: EnvironmentType, b: EnvironmentType) =>
  graphDifferences(graphs[a], graphs[b]);

const isPermitted = (difference: Difference) => isAnyOf(difference, modules.differences);

describe("the environments", () => {
  it.each([
    ["dev", "staging"],
    ["staging", "prod"],
    ["dev", "prod"],
  ] as const)("%s and %s differ in nothing that is not declared", (a, b) => {
    expect(differences(a, b).filter((difference) => !isPermitted(difference))).toEqual([]);
  });

  it("differ in everything that is declared, so that no declaration outlives its reason", () => {
    const all = [
      ...differences("dev", "staging"),
      ...differences("staging", "prod"),
      ...differences("dev", "prod"),
    ];
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
