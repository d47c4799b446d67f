import * as pulumi from "@pulumi/pulumi";
import { DatabaseComponent } from "../../../lib/components/database";
import type { DatabaseComponentArgs, DatabaseSettings } from "../../../lib/components/database";
import { inRegion } from "../../../lib/core/context";
import { catalogue } from "../../../lib/catalogue";
import { maxSuffixLength } from "../../../lib/core/names";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { RecordOptions } from "../../../lib/graph/record";
import { testContext } from "../context";

const ledgerDatabase = {
  purpose: "database",
  purposes: { parameterGroup: "postgres", monitoringRole: "rds-monitoring" },
  descriptions: {
    subnetGroup: "Private subnets of the payments database",
    parameterGroup: "PostgreSQL of the payments platform",
    masterSecret: "Master user of the payments database",
  },
  databaseName: "payments",
  masterUsername: "payments_admin",
} as const;

const settings: DatabaseSettings = {
  engineVersion: "17",
  instanceClass: "db.t4g.micro",
  allocatedStorageGiB: 20,
  maxAllocatedStorageGiB: 100,
  multiAz: false,
  backupRetentionDays: 3,
  backupWindow: "03:00-04:00",
  maintenanceWindow: "sun:04:00-sun:05:00",
  performanceInsights: false,
  applyChanges: "now",
  extendedSupport: false,
};
const build = (args: Partial<DatabaseComponentArgs> = {}, options: RecordOptions = {}) =>
  record(
    () =>
      new DatabaseComponent("db", {
        context: testContext("dev"),
        ...ledgerDatabase,
        keyArn: "arn:rds-key",
        secretKeyArn: "arn:data-key",
        subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
        securityGroupId: "sg-1",
        settings,
        logs: { retentionDays: 7, keyArn: "arn:log-key" },
        ...args,
      }),
    options,
  );
const withSettings = (changed: Partial<DatabaseSettings>) =>
  build({ settings: { ...settings, ...changed } });

const type = {
  instance: "aws:rds/instance:Instance",
  parameters: "aws:rds/parameterGroup:ParameterGroup",
  subnets: "aws:rds/subnetGroup:SubnetGroup",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  role: "aws:iam/role:Role",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  secret: "aws:secretsmanager/secret:Secret",
  secretVersion: "aws:secretsmanager/secretVersion:SecretVersion",
  randomBytes: "random:index/randomBytes:RandomBytes",
};
const password = "correct-horse-battery-staple";

describe("the database", () => {
  it("is an encrypted, private PostgreSQL of the configured size, with IAM sign-in", async () => {
    const { inputs } = (await build()).one(type.instance);

    expect(inputs).toEqual({
      identifier: "payments-dev-database-dev",
      engine: "postgres",
      engineVersion: "17",
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: true,
      parameterGroupName: "payments-dev-postgres17-dev",
      instanceClass: "db.t4g.micro",
      multiAz: false,
      storageType: "gp3",
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      storageEncrypted: true,
      kmsKeyId: "arn:rds-key",
      dbSubnetGroupName: "payments-dev-database-dev",
      vpcSecurityGroupIds: ["sg-1"],
      publiclyAccessible: false,
      port: 5432,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      dbName: "payments",
      username: "payments_admin",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: "arn:data-key",
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: 3,
      backupWindow: "03:00-04:00",
      copyTagsToSnapshot: true,
      maintenanceWindow: "sun:04:00-sun:05:00",
      applyImmediately: true,
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      monitoringInterval: 60,
      monitoringRoleArn: `arn:aws:iam::${accountId}:role/dev-payment-rds-monitoring-role-dev`,
      performanceInsightsEnabled: false,
      deletionProtection: false,
      deleteAutomatedBackups: true,
      skipFinalSnapshot: true,
      finalSnapshotIdentifier: "payments-dev-database-dev-final-0a1b2c3d",
      tags: { ...testContext("dev").tags, Name: "payments-dev-database-dev" },
    });
  });

  it("follows the configuration in version, size and upkeep", async () => {
    const { inputs } = (
      await withSettings({
        instanceClass: "db.m6g.large",
        allocatedStorageGiB: 200,
        maxAllocatedStorageGiB: 400,
        multiAz: true,
        backupRetentionDays: 35,
        backupWindow: "01:00-02:00",
        maintenanceWindow: "mon:04:00-mon:05:00",
      })
    ).one(type.instance);

    expect(inputs).toMatchObject({
      instanceClass: "db.m6g.large",
      allocatedStorage: 200,
      maxAllocatedStorage: 400,
      multiAz: true,
      backupRetentionPeriod: 35,
      backupWindow: "01:00-02:00",
      maintenanceWindow: "mon:04:00-mon:05:00",
    });
  });

  it.each([
    ["17", true, "postgres17"],
    ["16.11", false, "postgres16"],
  ])(
    "of version %s takes new minor versions by itself: %s, with parameters of %s",
    async (engineVersion, automatic, family) => {
      const graph = await withSettings({ engineVersion });

      expect(graph.one(type.instance).inputs).toMatchObject({
        engineVersion,
        autoMinorVersionUpgrade: automatic,
        parameterGroupName: `payments-dev-${family}-dev`,
      });
      expect(graph.one(type.parameters).inputs).toMatchObject({
        name: `payments-dev-${family}-dev`,
        family,
      });
    },
  );

  it.each([
    ["now", true],
    ["window", false],
  ] as const)("is changed %s", async (applyChanges, applyImmediately) => {
    const { inputs } = (await withSettings({ applyChanges })).one(type.instance);

    expect(inputs).toMatchObject({ applyImmediately });
  });

  it("goes on past the end of standard support, at a charge, only where that is wanted", async () => {
    const { inputs } = (await withSettings({ extendedSupport: true })).one(type.instance);

    expect(inputs).toMatchObject({ engineLifecycleSupport: "open-source-rds-extended-support" });
  });

  it("retains Performance Insights for a week, encrypted, where they are enabled", async () => {
    const { inputs } = (await withSettings({ performanceInsights: true })).one(type.instance);

    expect(inputs).toMatchObject({
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: "arn:rds-key",
      performanceInsightsRetentionPeriod: 7,
    });
  });

  it("refuses connections without TLS, logs schema changes, releases the locks of a terminated function", async () => {
    const { inputs } = (await build()).one(type.parameters);

    expect(inputs["parameters"]).toEqual([
      { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
      { name: "log_statement", value: "ddl", applyMethod: "immediate" },
      { name: "idle_in_transaction_session_timeout", value: "60000", applyMethod: "immediate" },
    ]);
  });

  it("lives in the given subnets", async () => {
    expect((await build()).one(type.subnets).inputs).toMatchObject({
      name: "payments-dev-database-dev",
      subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    });
  });

  it("logs into encrypted groups with the configured retention that are there before it", async () => {
    const graph = await build();
    const groups = graph.ofType(type.logGroup).sort((a, b) => a.name.localeCompare(b.name));

    expect(groups.map(({ inputs }) => inputs)).toEqual(
      ["postgresql", "upgrade"].map((log) => ({
        name: `/aws/rds/instance/payments-dev-database-dev/${log}`,
        retentionInDays: 7,
        kmsKeyId: "arn:log-key",
        tags: expect.objectContaining({ Environment: "dev" }) as unknown,
      })),
    );
    expect(graph.dependenciesOf(graph.one(type.instance))).toEqual(expect.arrayContaining(groups));
  });

  it("is monitored through a role that only its own monitoring may assume, complete before it", async () => {
    const graph = await build();
    const role = graph.one(type.role);

    expect(role.inputs["name"]).toBe("dev-payment-rds-monitoring-role-dev");
    expect(JSON.parse(String(role.inputs["assumeRolePolicy"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "MonitoringOfThisDatabase",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": accountId,
              "aws:SourceArn": `arn:aws:rds:${region}:${accountId}:db:payments-dev-database-dev`,
            },
          },
        },
      ],
    });
    expect(graph.one(type.attachment).inputs).toEqual({
      role: "dev-payment-rds-monitoring-role-dev",
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
    expect(graph.dependenciesOf(graph.one(type.instance))).toEqual(
      expect.arrayContaining([role, graph.one(type.attachment)]),
    );
  });

  it.each([
    ["dev", false],
    ["staging", false],
    ["prod", true],
  ] as const)(
    "in %s: guarded, with backups and a snapshot that outlive it: %s",
    async (environment, guarded) => {
      const instance = (await build({ context: testContext(environment) })).one(type.instance);

      expect(instance.protect).toBe(guarded);
      expect(instance.deleteBeforeReplace).toBe(false);
      expect(instance.ignoreChanges).toEqual([]);
      expect(instance.inputs).toMatchObject({
        deletionProtection: guarded,
        skipFinalSnapshot: !guarded,
        deleteAutomatedBackups: !guarded,
        finalSnapshotIdentifier: `payments-${environment}-database-${environment}-final-0a1b2c3d`,
      });
    },
  );

  it("leaves snapshot and backups where data outlive the stack, though protection has been lifted", async () => {
    const context = { ...testContext("prod"), protect: false };
    const instance = (await build({ context })).one(type.instance);

    expect(instance.protect).toBe(false);
    expect(instance.inputs).toMatchObject({
      deletionProtection: false,
      skipFinalSnapshot: false,
      deleteAutomatedBackups: false,
    });
  });

  it("exposes endpoint, names and ARNs, and is the parent of every resource", async () => {
    const graph = await build();
    const { result } = graph;

    expect(await valueOf(result.instanceArn)).toMatch(/:db:payments-dev-database-dev$/);
    expect(await valueOf(result.identifier)).toBe("payments-dev-database-dev");
    expect(await valueOf(result.resourceId)).toMatch(/^db-/);
    expect(await valueOf(result.endpoint)).toBe(`${await valueOf(result.address)}:5432`);
    expect(await valueOf(result.address)).toMatch(/\.rds\.amazonaws\.com$/);
    expect(await valueOf(result.port)).toBe(5432);
    expect(await valueOf(result.databaseName)).toBe("payments");
    expect(await valueOf(result.parameterGroupName)).toBe("payments-dev-postgres17-dev");
    expect(await valueOf(result.subnetGroupName)).toBe("payments-dev-database-dev");
    expect(await valueOf(result.monitoringRoleArn)).toMatch(/rds-monitoring-role-dev$/);
    expect(await valueOf(result.logGroupNames)).toEqual([
      "/aws/rds/instance/payments-dev-database-dev/postgresql",
      "/aws/rds/instance/payments-dev-database-dev/upgrade",
    ]);
    expect((await valueOf(result.logGroupArns)).map((arn) => arn.split("/").at(-1))).toEqual([
      "postgresql",
      "upgrade",
    ]);
    expect(graph.childrenOf(graph.one("payments:database:Postgres"))).toHaveLength(
      graph.resources.length - 1,
    );
  });

  it("lets a consumer change instance and parameter group", async () => {
    const graph = await build({
      transform: {
        instance: { multiAz: true },
        parameterGroup: (args) => ({ ...args, parameters: [] }),
      },
    });

    expect(graph.one(type.instance).inputs).toMatchObject({ multiAz: true, engine: "postgres" });
    expect(graph.one(type.parameters).inputs["parameters"]).toEqual([]);
  });

  it("stays within every limit of names for the longest suffix", async () => {
    const graph = await build({
      context: testContext("staging", "s".repeat(maxSuffixLength)),
      masterPassword: password,
    });
    const named = graph.resources.filter(({ type }) => catalogue[type]?.nameLimit !== undefined);

    expect(named).toHaveLength(7);
    for (const resource of named) {
      const limit = catalogue[resource.type]?.nameLimit;
      expect(String(resource.inputs[limit?.argument ?? ""]).length).toBeLessThanOrEqual(
        limit?.max ?? 0,
      );
    }
    expect(String(graph.one(type.instance).inputs["finalSnapshotIdentifier"])).toMatch(
      /^[a-z](-?[a-z0-9])*$/,
    );
  });
});

describe("the master password", () => {
  it("is created, stored and rotated by RDS unless it is given", async () => {
    const graph = await build();

    expect(graph.ofType(type.secret)).toEqual([]);
    expect(graph.one(type.instance).inputs).not.toHaveProperty("passwordWo");
    expect(await valueOf(graph.result.masterSecretArn)).toMatch(/secret:rds!db/);
  });

  it("has no secret yet in the preview of a change from a given one", async () => {
    const graph = await build(
      {},
      { state: (args) => (args.type === type.instance ? { masterUserSecrets: [] } : undefined) },
    );

    expect(await valueOf(graph.result.masterSecretArn)).toBe("");
  });

  it("is written through write-only arguments when it is given", async () => {
    const { inputs } = (await build({ masterPassword: password })).one(type.instance);

    expect(inputs).not.toHaveProperty("password");
    expect(inputs).not.toHaveProperty("manageMasterUserPassword");
    expect(inputs).not.toHaveProperty("masterUserSecretKmsKeyId");
    expect(inputs["passwordWo"]).toBe(password);
  });

  it("stands with the user's name in an encrypted secret, once the database takes it", async () => {
    const graph = await build({ masterPassword: pulumi.secret(password) });
    const secret = graph.one(type.secret);
    const value = graph.one(type.secretVersion);

    expect(secret.inputs).toMatchObject({
      name: "payments-dev-database-master-dev",
      description: "Master user of the payments database",
      kmsKeyId: "arn:data-key",
      tags: { Name: "payments-dev-database-master-dev", Environment: "dev" },
    });
    expect(value.inputs["secretId"]).toBe("db-master-secret-id");
    expect(JSON.parse(String(value.inputs["secretStringWo"]))).toEqual({
      username: "payments_admin",
      password,
    });
    expect(graph.dependenciesOf(value)).toContain(graph.one(type.instance));
    expect(await valueOf(graph.result.masterSecretArn)).toMatch(/db-master-secret$/);
  });

  it.each([
    ["dev", 0],
    ["prod", 30],
  ] as const)("in %s can be restored for %i days", async (environment, days) => {
    const graph = await build({ context: testContext(environment), masterPassword: password });

    expect(graph.one(type.secret).inputs["recoveryWindowInDays"]).toBe(days);
  });

  it("has one version in instance and secret, which another password changes and the same does not", async () => {
    const versionsOf = async (masterPassword: string) => {
      const graph = await build({ masterPassword });
      return [
        graph.one(type.instance).inputs["passwordWoVersion"],
        graph.one(type.secretVersion).inputs["secretStringWoVersion"],
      ];
    };
    const [instance, secret] = await versionsOf(password);

    expect(instance).toBe(secret);
    expect(Number.isInteger(instance)).toBe(true);
    expect(instance).toBeGreaterThanOrEqual(1);
    expect(instance).toBeLessThan(2 ** 31);
    expect(await versionsOf(password)).toEqual([instance, secret]);
    expect(await versionsOf("another-password")).not.toContain(instance);
  });

  it("cannot be derived from its version by those who do not have the random key", async () => {
    const versionUnder = async (base64: string) => {
      const graph = await build(
        { masterPassword: password },
        { state: (args) => (args.type === type.randomBytes ? { base64 } : undefined) },
      );
      expect(graph.one(type.randomBytes).inputs).toEqual({ length: 32 });
      return graph.one(type.instance).inputs["passwordWoVersion"];
    };

    expect(await versionUnder("AQ==")).not.toBe(await versionUnder("Ag=="));
  });
});

describe("a second database", () => {
  const orders = {
    purpose: "orders-db",
    descriptions: { subnetGroup: "Subnets", parameterGroup: "Parameters", masterSecret: "Secret" },
    databaseName: "orders",
    masterUsername: "orders_admin",
  };
  const second = (args: Partial<DatabaseComponentArgs> = {}) =>
    record(
      () =>
        new DatabaseComponent("orders", {
          context: testContext("dev"),
          ...orders,
          keyArn: "arn:rds-key",
          secretKeyArn: "arn:data-key",
          subnetIds: ["subnet-1", "subnet-2"],
          securityGroupId: "sg-1",
          settings,
          logs: { retentionDays: 7, keyArn: "arn:log-key" },
          ...args,
        }),
    );

  it("has its purpose in all of its names, and its own database, user and descriptions", async () => {
    const graph = await second({ masterPassword: password });

    expect(graph.one(type.instance).inputs).toMatchObject({
      identifier: "payments-dev-orders-db-dev",
      dbName: "orders",
      username: "orders_admin",
    });
    expect(graph.one(type.subnets).inputs).toMatchObject({
      name: "payments-dev-orders-db-dev",
      description: "Subnets",
    });
    expect(graph.one(type.parameters).inputs).toMatchObject({
      name: "payments-dev-orders-db-postgres17-dev",
      description: "Parameters",
    });
    expect(graph.one(type.role).inputs["name"]).toBe("dev-payment-orders-db-monitoring-role-dev");
    expect(graph.one(type.secret).inputs).toMatchObject({
      name: "payments-dev-orders-db-master-dev",
      description: "Secret",
    });
    expect(graph.one(type.secretVersion).inputs["secretStringWo"]).toBe(
      JSON.stringify({ username: "orders_admin", password }),
    );
  });

  it("logs into groups that are there already, under the names that RDS fixes", async () => {
    const graph = await second({ logs: "existing" });
    const name = "/aws/rds/instance/payments-dev-orders-db-dev";

    expect(graph.ofType(type.logGroup)).toEqual([]);
    expect(await valueOf(graph.result.logGroupNames)).toEqual([
      `${name}/postgresql`,
      `${name}/upgrade`,
    ]);
    expect(await valueOf(graph.result.logGroupArns)).toEqual([
      `arn:aws:logs:${region}:${accountId}:log-group:${name}/postgresql`,
      `arn:aws:logs:${region}:${accountId}:log-group:${name}/upgrade`,
    ]);
  });

  it("stands whole in another region, whose name its own names and its monitoring have", async () => {
    const graph = await second({
      context: inRegion(testContext("dev"), "us-west-2"),
      masterPassword: password,
    });
    const regional = graph.resources.filter(({ type: of }) =>
      /^aws:(rds|cloudwatch|secretsmanager)/.test(of),
    );

    expect(regional.map(({ inputs }) => inputs["region"])).toEqual(
      Array.from({ length: 7 }, () => "us-west-2"),
    );
    expect(graph.one(type.instance).inputs["identifier"]).toBe("payments-dev-orders-db-usw2-dev");
    expect(String(graph.one(type.role).inputs["assumeRolePolicy"])).toContain(
      `arn:aws:rds:us-west-2:${accountId}:db:payments-dev-orders-db-usw2-dev`,
    );
  });
});
