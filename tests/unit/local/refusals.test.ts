import * as pulumi from "@pulumi/pulumi";
import { localAccount } from "../../../lib/local/regions";
import type { Inputs } from "../../../lib/local/resource";
import { resourceTypes } from "../../../lib/local/resources";

/** An account of which nothing is called: what is refused, is refused before. */
const { cloud } = localAccount({
  endpoint: "http://127.0.0.1:9",
  functionEndpoint: "http://127.0.0.1:9",
  accountId: "000000000000",
  region: "us-east-1",
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
  database: {
    host: "127.0.0.1",
    port: 9,
    masterUser: "payments_admin",
    masterPassword: "none",
    caFile: "none",
    ready: Promise.resolve(),
  },
});

const created = (type: string, args: Inputs) =>
  resourceTypes[type]?.create(args, cloud, { type, name: "one" });

describe("what AWS refuses and the emulator would take", () => {
  it("is a function on a runtime that AWS no longer patches", async () => {
    const args = {
      name: "report",
      role: "arn:aws:iam::000000000000:role/report",
      runtime: "nodejs20.x",
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({}),
    };

    await expect(created("aws:lambda/function:Function", args)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message:
        "The runtime parameter of nodejs20.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.",
    });
  });

  it.each(["16.10", "14"])("is an instance of PostgreSQL %s", async (engineVersion) => {
    const args = {
      identifier: "ledger",
      engine: "postgres",
      engineVersion,
      instanceClass: "db.t4g.micro",
      username: "payments_admin",
    };

    await expect(created("aws:rds/instance:Instance", args)).rejects.toMatchObject({
      name: "InvalidParameterCombination",
      message: `Cannot find version ${engineVersion} for postgres`,
    });
  });
});
