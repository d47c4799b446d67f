import { compareSettings, inOrder, isUnexplainedSetting } from "../../../lib/comparison/settings";
import { getEnvironmentConfig } from "../../../lib/config";
import type { SettingsOverrides } from "../../../lib/config";
import { modules } from "../../../lib/modules";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { demanded } from "../demanded";

const stackOf = (environment: EnvironmentType, overrides: SettingsOverrides = {}) => ({
  stack: environment,
  config: getEnvironmentConfig(environment, {
    overrides: { ...demanded(environment), ...overrides },
  }),
});
const compared = (...stacks: Parameters<typeof compareSettings>[0]) =>
  compareSettings(
    stacks,
    ({ environment, environmentSuffix }) =>
      getEnvironmentConfig(environment, { environmentSuffix, overrides: demanded(environment) }),
    modules.differences,
  );
const settingsOf = (overrides: SettingsOverrides) => {
  const settings = compared(stackOf("dev"), stackOf("prod", overrides));
  return new Map(settings.map((one) => [one.setting, one]));
};

describe("the settings side by side", () => {
  it("differ between the three environments for declared reasons only, and no file overrides one", () => {
    const settings = compared(...environmentTypes.map((environment) => stackOf(environment)));

    expect(settings.filter(isUnexplainedSetting)).toEqual([]);
    expect(settings.flatMap(({ overriddenIn }) => overriddenIn)).toEqual([]);
    expect(settings.filter(({ differs }) => differs).length).toBeGreaterThan(10);
  });

  it("have each value by stack, with the reason of the section or of the setting", () => {
    const settings = settingsOf({});

    expect(settings.get("database.instanceClass")).toEqual({
      setting: "database.instanceClass",
      values: { dev: "db.t4g.micro", prod: "db.m6g.large" },
      overriddenIn: [],
      differs: true,
      why: expect.stringContaining("size, standby") as unknown,
    });
    expect(settings.get("logs.retentionDays")?.why).toContain("7, 30 and 90 days");
    expect(settings.get("api.throttle.burst")?.why).toContain("costs are limited");
  });

  it("take an environment's own name for a reason", () => {
    expect(settingsOf({}).get("api.customDomain")).toMatchObject({
      differs: true,
      why: "the environment's own name",
    });
  });

  it("are marked where a stack's file sets another value, and unexplained where nothing lets it", () => {
    const block = settingsOf({ network: { cidrBlock: "10.1.0.0/16" } }).get("network.cidrBlock");

    expect(block).toEqual({
      setting: "network.cidrBlock",
      values: { dev: "10.0.0.0/16", prod: "10.1.0.0/16" },
      overriddenIn: ["prod"],
      differs: true,
    });
    expect(block && isUnexplainedSetting(block)).toBe(true);
  });

  it("include what only one stack has, and need no reason where they are equal", () => {
    const settings = settingsOf({ tags: { Team: "x" } });

    expect(settings.get("tags.Team")).toMatchObject({
      values: { dev: undefined, prod: "x" },
      differs: true,
    });
    expect(settings.get("database.backupWindow")).toMatchObject({ differs: false });
    expect(settings.get("database.backupWindow")).not.toHaveProperty("why");
  });

  it("come in the order in which a change reaches the stacks", () => {
    const stacks = [stackOf("prod"), stackOf("dev"), stackOf("staging")];

    expect(inOrder(stacks).map(({ stack }) => stack)).toEqual(["dev", "staging", "prod"]);
  });
});
