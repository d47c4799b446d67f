import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import type { DBInstance } from "@aws-sdk/client-rds";
import { aws, call, isLocal, list, text } from "./deployed";

let instance: DBInstance;

beforeAll(async () => {
  const { DBInstances = [] } = await aws.rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: text("dbIdentifier") }),
  );
  const [only] = DBInstances;
  if (only === undefined) throw new Error(`no instance ${text("dbIdentifier")}`);
  instance = only;
});

describe("the database", () => {
  it("is an encrypted, private PostgreSQL with IAM sign-in, in the private subnets", () => {
    expect(text("dbArn")).toMatch(/^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:db:payments-/);
    expect(instance).toMatchObject({
      DBInstanceArn: text("dbArn"),
      Engine: "postgres",
      StorageType: "gp3",
      StorageEncrypted: true,
      KmsKeyId: text("kmsKeyArn"),
      PubliclyAccessible: false,
      IAMDatabaseAuthenticationEnabled: true,
      CopyTagsToSnapshot: true,
    });
    expect(Number(instance.EngineVersion?.split(".")[0])).toBeGreaterThanOrEqual(15);
    expect(
      instance.DBSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier).sort(),
    ).toEqual(list("privateSubnetIds").sort());
    expect(instance.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId)).toEqual(
      [text("databaseSecurityGroupId")],
    );
  });

  it("is sized and protected as its environment", () => {
    const prod = text("environment") === "prod";

    expect(instance.MultiAZ).toBe(prod);
    expect(instance.DeletionProtection).toBe(prod);
    expect(instance.BackupRetentionPeriod).toBe(prod ? 7 : 3);
    expect(instance.MaxAllocatedStorage).toBe(100);
    expect(instance.PreferredBackupWindow).toBe("03:00-04:00");
    expect(instance.PreferredMaintenanceWindow).toBe("sun:04:00-sun:05:00");
  });

  it("is where the endpoint output says", () => {
    expect(text("dbEndpoint")).toBe(
      `${String(instance.Endpoint?.Address)}:${String(instance.Endpoint?.Port)}`,
    );
  });

  it("refuses connections without TLS", async () => {
    const { Parameters = [] } = await aws.rds.send(
      new DescribeDBParametersCommand({
        DBParameterGroupName: instance.DBParameterGroups?.[0]?.DBParameterGroupName ?? "",
        Source: "user",
      }),
    );

    expect(
      Parameters.find(({ ParameterName }) => ParameterName === "rds.force_ssl")?.ParameterValue,
    ).toBe("1");
  });

  it("logs into groups that were there before it, encrypted and with retention", async () => {
    for (const name of list("dbLogGroupNames")) {
      const { logGroups = [] } = await aws.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
      );
      expect(logGroups.find(({ logGroupName }) => logGroupName === name)).toMatchObject({
        retentionInDays: expect.any(Number) as unknown,
        kmsKeyId: text("dataKeyArn"),
      });
    }
    // the emulator forgets them
    if (!isLocal) {
      expect(instance.EnabledCloudwatchLogsExports).toEqual(["postgresql", "upgrade"]);
    }
  });

  it("is reached by the accounts function, which signs in with IAM", async () => {
    const { status, body } = await call("GET", "/health");

    expect(body).toMatchObject({ status: "ok" });
    expect(status).toBe(200);
  });
});
