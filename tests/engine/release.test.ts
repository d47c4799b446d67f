import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { DescribeDBInstancesCommand, DescribeDBParameterGroupsCommand } from "@aws-sdk/client-rds";
import * as pulumi from "@pulumi/pulumi";
import { program } from "../../lib/program";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { EngineStack, changes } from "./stack";

/** A release that follows: every function has new code, and there is one more migration. */
interface Release {
  readonly version: string;
  readonly migration: string;
}

let local: EmptyCloud;
let stack: EngineStack;
let release: Release | undefined;

const functionType = "aws:lambda/function:Function";
const invocationType = "aws:lambda/invocation:Invocation";

/** Today's program, with what the release changes. */
const releasedProgram = () => {
  const next = release;
  if (next !== undefined) {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
      if (type === functionType) return { props: { ...props, code: codeOf(next, props) }, opts };
      if (type !== invocationType) return undefined;
      return { props: { ...props, triggers: { ...next } }, opts };
    });
  }
  return program();
};

/** The migrate function alone looks for migrations; beside other code a file changes nothing. */
function codeOf({ version, migration }: Release, { code }: pulumi.Inputs): pulumi.asset.Archive {
  if (!(code instanceof pulumi.asset.AssetArchive)) throw new Error("the code is no archive");
  const more = {
    "version.txt": new pulumi.asset.StringAsset(version),
    "migrations/9999_next.sql": new pulumi.asset.StringAsset(migration),
  };
  return new pulumi.asset.AssetArchive(
    Promise.resolve(code.assets).then((files) => ({ ...files, ...more })),
  );
}

const purposes = ["migrate", "payment", "accounts", "ledger", "reconcile"] as const;

/** The hash of the code that each function runs. */
async function live(): Promise<Record<string, string | undefined>> {
  const { lambda } = local.cloud.clients;
  const hashes = purposes.map(async (purpose) => {
    const FunctionName = `payments-dev-${purpose}-dev`;
    const { CodeSha256 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return [purpose, CodeSha256] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

beforeAll(async () => {
  local = await startEmptyCloud();
  stack = await EngineStack.create({ name: "dev", cloud: local.cloud, program: releasedProgram });
  await stack.up();
});

afterAll(async () => {
  stack.remove();
  await local.stop();
});

describe("a release with a migration", () => {
  it("leaves the former code where it uses the database, when the migration fails", async () => {
    const before = await live();
    release = { version: "2", migration: "SELECT 1 / 0;" };

    await expect(stack.up()).rejects.toThrow(/The migration failed: division by zero/);

    const { migrate, payment, ...others } = await live();
    expect(others).toEqual({
      accounts: before["accounts"],
      ledger: before["ledger"],
      reconcile: before["reconcile"],
    });
    // what applies the schema is new, and so is what needs none
    expect([migrate, payment]).not.toContain(before["migrate"]);
    expect(payment).not.toBe(before["payment"]);
  });

  it("goes live everywhere once the migration is put right, and stays as it is", async () => {
    const before = await live();
    release = { version: "3", migration: "CREATE TABLE ledger.next (id integer PRIMARY KEY);" };

    await stack.up();

    const after = await live();
    for (const purpose of purposes) expect(after[purpose]).not.toBe(before[purpose]);
    expect(changes(await stack.up())).toEqual([]);
  });
});

describe("a new major version of the database", () => {
  const groups = async () => {
    const { DBParameterGroups = [] } = await local.cloud.clients.rds.send(
      new DescribeDBParameterGroupsCommand({}),
    );
    return DBParameterGroups.map(({ DBParameterGroupName }) => DBParameterGroupName).filter(
      (name) => name?.startsWith("payments-"),
    );
  };
  const instance = async () => {
    const { DBInstances = [] } = await local.cloud.clients.rds.send(
      new DescribeDBInstancesCommand({}),
    );
    return DBInstances.map(({ EngineVersion, DBParameterGroups }) => ({
      version: EngineVersion,
      group: DBParameterGroups?.[0]?.DBParameterGroupName,
    }));
  };

  it("that waits for the window leaves the former group in use: the update says so, and harms nothing", async () => {
    await stack.set("database.applyChanges", "window");
    expect(changes(await stack.up())).toEqual([
      "update aws:rds/instance:Instance payments-database-instance",
    ]);
    await stack.set("database.engineVersion", "18");

    await expect(stack.up()).rejects.toThrow(/are still members of this parameter group/);

    expect(await instance()).toEqual([{ version: "17", group: "payments-dev-postgres17-dev" }]);
    expect(await groups()).toEqual(["payments-dev-postgres17-dev", "payments-dev-postgres18-dev"]);
  });

  it("is made at once by applyChanges: now, also after such an update, and is complete", async () => {
    await stack.set("database.applyChanges", "now");

    await stack.up();

    expect(await instance()).toEqual([{ version: "18", group: "payments-dev-postgres18-dev" }]);
    expect(await groups()).toEqual(["payments-dev-postgres18-dev"]);
    expect(changes(await stack.up())).toEqual([]);
  });

  it("goes back to the window afterwards without another change", async () => {
    await stack.set("database.applyChanges", "window");

    expect(changes(await stack.up())).toEqual([
      "update aws:rds/instance:Instance payments-database-instance",
    ]);
    expect(changes(await stack.up())).toEqual([]);
  });
});
