import * as pulumi from "@pulumi/pulumi";
import { readStackConfig } from "../../../lib/config";
import { record, valueOf } from "../../../lib/graph/record";

/** Reads the configuration of a stack whose file holds these keys of the project's namespace. */
const read = async (config: Record<string, string>, stack = "dev") => {
  const keys = Object.entries(config).map(([key, value]) => [`payments:${key}`, value] as const);
  const { result } = await record(readStackConfig, { stack, config: Object.fromEntries(keys) });
  return result;
};

describe("a stack's configuration", () => {
  it("needs no more than the environment; the suffix is the stack's name", async () => {
    const { config, dbPassword } = await read({ environment: "staging" }, "blue");

    expect(config).toMatchObject({ environment: "staging", environmentSuffix: "blue" });
    expect(dbPassword).toBeUndefined();
  });

  it("is read in the namespace of its project", async () => {
    const { result } = await record(readStackConfig, {
      project: "shop",
      stack: "pr-42",
      config: { "shop:environment": "staging", "payments:environment": "dev" },
    });

    expect(result.config).toMatchObject({ environment: "staging", environmentSuffix: "pr-42" });
  });

  it("takes a suffix of its own, and settings by section", async () => {
    const { config } = await read({
      environment: "dev",
      environmentSuffix: "pr-12",
      database: JSON.stringify({ instanceClass: "db.t4g.small" }),
    });

    expect(config.environmentSuffix).toBe("pr-12");
    expect(config.database.instanceClass).toBe("db.t4g.small");
  });

  it("keeps the database's password a secret", async () => {
    const { dbPassword } = await read({ environment: "dev", dbPassword: "correct-horse" });

    expect(pulumi.Output.isInstance(dbPassword)).toBe(true);
    if (dbPassword === undefined) return;
    expect(await pulumi.isSecret(dbPassword)).toBe(true);
    expect(await valueOf(dbPassword)).toBe("correct-horse");
  });

  it("is refused with every problem of every key, and never shows the password", async () => {
    const reading = read({
      environment: "test",
      dbPassword: "short",
      netwrok: "{}",
      logs: "not a map",
    });

    await expect(reading).rejects.toThrow(
      [
        "The configuration has 4 problems; nothing was deployed.",
        "  netwrok: unknown key; did you mean network? Allowed: environment, environmentSuffix, dbPassword, protection, logs, tags, network, functions, alarms, database, table, ledger, api, waf, audit, reconciliation, storefront",
        '  logs: found "not a map"; allowed: a map of keys',
        '  dbPassword: found 5 characters that RDS refuses; allowed: 8 to 128 printable ones but / " @ and space',
        '  environment: found "test"; allowed: dev, staging, prod',
      ].join("\n"),
    );
  });
});
