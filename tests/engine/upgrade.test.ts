import { PaymentStack } from "../../lib/payment-stack";
import { readStackConfig } from "../../lib/config";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { dataHolders, losses } from "./data-holders";
import { readFixture } from "./fixture";
import { EngineStack } from "./stack";

/**
 * The last release's state is updated by the release that follows it:
 * `UPGRADE_FIXTURES=renew npm run test:engine`.
 */
describe("today's program over what the last release deployed", () => {
  let local: EmptyCloud;
  let stack: EngineStack;

  beforeAll(async () => {
    local = await startEmptyCloud();
  });
  afterAll(() => local.stop());
  afterEach(() => {
    stack.remove();
  });

  const imported = async (environment: EnvironmentType, program?: () => object) => {
    stack = await EngineStack.create({
      name: environment,
      cloud: local.cloud,
      ...(program !== undefined && { program }),
    });
    await stack.import(readFixture(environment));
  };

  const typesAtRisk = async () =>
    [...new Set(losses(await stack.preview()).map(({ type }) => type))].sort();

  it.each(environmentTypes)(
    "replaces and deletes nothing that holds data: %s",
    async (environment) => {
      await imported(environment);

      const steps = await stack.preview();

      expect(steps.length).toBeGreaterThan(100);
      expect(losses(steps)).toEqual([]);
    },
  );

  // what the test above would find in a program that is not so careful

  it("finds table and log groups at risk where another suffix renames them", async () => {
    await imported("dev");
    await stack.set("environmentSuffix", "other");

    expect(await typesAtRisk()).toEqual([
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:dynamodb/table:Table",
    ]);
  });

  it("finds everything at risk where the component is renamed without an alias", async () => {
    await imported("staging", () => new PaymentStack("renamed", readStackConfig()).outputs);

    // a release's fixture has no optional module
    const there = dataHolders.filter((type) =>
      stack.resources().some((urn) => urn.includes(`$${type}::`)),
    );
    expect(there).toContain("aws:rds/instance:Instance");
    expect(await typesAtRisk()).toEqual(there.sort());
  });
});
