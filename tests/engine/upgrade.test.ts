import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { losses } from "./data-holders";
import { readFixture } from "./fixture";
import { EngineStack } from "./stack";

/**
 * The last release's state is renewed by the release that follows it:
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

  const imported = async (environment: EnvironmentType) => {
    stack = await EngineStack.create({ name: environment, cloud: local.cloud });
    await stack.import(readFixture(environment));
  };

  it.each(environmentTypes)(
    "replaces and deletes nothing that holds data: %s",
    async (environment) => {
      await imported(environment);

      const steps = await stack.preview();

      expect(steps.length).toBeGreaterThan(100);
      expect(losses(steps)).toEqual([]);
    },
  );

  it("is told apart from a program that would lose data: another suffix renames what holds it", async () => {
    await imported("dev");
    await stack.set("environmentSuffix", "other");

    const atRisk = new Set(losses(await stack.preview()).map(({ type }) => type));

    expect(atRisk).toEqual(
      new Set([
        "aws:dynamodb/table:Table",
        "aws:s3/bucket:Bucket",
        "aws:rds/instance:Instance",
        "aws:cloudwatch/logGroup:LogGroup",
      ]),
    );
  });
});
