import * as path from "node:path";
import { ListAliasesCommand } from "@aws-sdk/client-kms";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetItemCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { InvokeCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetBucketLocationCommand } from "@aws-sdk/client-s3";
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Table } from "@pulumi/aws/dynamodb";
import { Subnet, Vpc } from "@pulumi/aws/ec2";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { Alias, Key } from "@pulumi/aws/kms";
import { Function as LambdaFunction } from "@pulumi/aws/lambda";
import { Bucket } from "@pulumi/aws/s3";
import { Topic } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { build } from "esbuild";
import { deploy } from "../../lib/local/deploy";
import { PhaseLog } from "../../lib/local/phases";
import { freePort } from "../../lib/local/ports";
import { localAccount } from "../../lib/local/regions";
import type { LocalCloud } from "../../lib/local/resource";
import { resourceTypes } from "../../lib/local/resources";
import { startServers } from "../../lib/local/servers";
import { Shutdown } from "../../lib/local/shutdown";

const root = path.resolve(__dirname, "../..");
const home = "eu-central-1";

/** Where the program creates the same resources twice; without a region it is the stack's own. */
const places = {
  home: { region: home, args: {} },
  abroad: { region: "us-west-2", args: { region: "us-west-2" } },
} as const;
type Place = keyof typeof places;

/** A function that writes where it runs into the table of its own region. */
const handler = `
  import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
  export const handler = async () => {
    const region = { S: process.env.AWS_REGION };
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: "twin", Item: { id: region } }));
  };`;

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: handler, resolveDir: root },
    bundle: true,
    platform: "node",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

function resources(place: Place, role: Role, code: string) {
  const { args } = places[place];
  const name = (kind: string) => `${kind}-${place}`;
  const key = new Key(name("key"), args);
  new Alias(name("alias"), { ...args, name: `alias/twin-${place}`, targetKeyId: key.keyId });
  const table = new Table(name("table"), {
    ...args,
    name: "twin",
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
  });
  const topic = new Topic(name("topic"), { ...args, name: "twin" });
  const group = new LogGroup(name("group"), { ...args, name: `/twin/${place}` });
  const bucket = new Bucket(name("bucket"), { ...args, bucket: `twin-${place}` });
  const lambda = new LambdaFunction(name("function"), {
    ...args,
    name: "twin",
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(code) }),
    timeout: 30,
  });
  const vpc = new Vpc(name("vpc"), { ...args, cidrBlock: "10.0.0.0/16" });
  const zones = getAvailabilityZonesOutput(args);
  const subnet = new Subnet(name("subnet"), {
    ...args,
    vpcId: vpc.id,
    cidrBlock: "10.0.0.0/24",
    availabilityZone: zones.names.apply(([first]) => first ?? ""),
  });
  return {
    regions: pulumi.all([getRegionOutput(args).region, table.region, bucket.bucketRegion]),
    arns: pulumi.all([key.arn, table.arn, topic.arn, group.arn, lambda.arn, subnet.arn]),
  };
}

describe("a program that creates the same in two regions", () => {
  const shutdown = new Shutdown();
  const outputs: Partial<Record<Place, { regions: string[]; arns: string[] }>> = {};
  let cloud: LocalCloud;

  beforeAll(async () => {
    const code = await bundled();
    const { settings } = await startServers({
      root,
      port: await freePort(),
      accountId: "000000000000",
      region: home,
      phases: new PhaseLog(),
      shutdown,
    });
    cloud = localAccount(settings).cloud;
    const deployed = await deploy({
      program: () => {
        const role = new Role("role", {
          name: "twin",
          assumeRolePolicy: policy("sts:AssumeRole", {
            Principal: { Service: "lambda.amazonaws.com" },
          }),
        });
        const tables = "arn:aws:dynamodb:*:*:table/twin";
        new RolePolicy("write", {
          name: "write",
          role: role.id,
          policy: policy("dynamodb:PutItem", { Resource: tables }),
        });
        return {
          home: resources("home", role, code),
          abroad: resources("abroad", role, code),
        };
      },
      stack: "dev",
      stackFile: { project: "twins", config: { "aws:region": home }, skippedKeys: [] },
      cloud,
      resourceTypes,
      onResource: () => undefined,
    });
    Object.assign(outputs, deployed.outputs);
  });

  afterAll(() => shutdown.run());

  const clientsOf = (place: Place) => cloud.inRegion(places[place].region).clients;

  describe.each(["home", "abroad"] as const)("%s", (place) => {
    const { region } = places[place];

    it("has its own of each, and none of the other's", async () => {
      const { kms, logs, ec2, sns, lambda, dynamoDb } = clientsOf(place);
      const [aliases, groups, subnets, topics, functions, tables] = await Promise.all([
        kms.send(new ListAliasesCommand({})),
        logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/twin" })),
        ec2.send(
          new DescribeSubnetsCommand({
            Filters: [{ Name: "cidr-block", Values: ["10.0.0.0/24"] }],
          }),
        ),
        sns.send(new ListTopicsCommand({})),
        lambda.send(new ListFunctionsCommand({})),
        dynamoDb.send(new ListTablesCommand({})),
      ]);
      const named = (aliases.Aliases ?? []).map(({ AliasName }) => AliasName);

      expect(named.filter((alias) => alias?.includes("twin"))).toEqual([`alias/twin-${place}`]);
      expect(groups.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual([`/twin/${place}`]);
      expect(subnets.Subnets).toEqual([
        expect.objectContaining({ AvailabilityZone: `${region}a` }),
      ]);
      expect(topics.Topics).toEqual([{ TopicArn: `arn:aws:sns:${region}:000000000000:twin` }]);
      expect(functions.Functions).toHaveLength(1);
      expect(tables.TableNames).toEqual(["twin"]);
    });

    it("has its region in every ARN and in what is looked up", () => {
      const { arns = [], regions } = outputs[place] ?? {};

      expect(arns).toHaveLength(6);
      expect(new Set(arns.map((arn) => arn.split(":")[3]))).toEqual(new Set([region]));
      expect(regions).toEqual([region, region, region]);
    });

    it("has its bucket, whose name the other region knows too", async () => {
      const { LocationConstraint } = await clientsOf(place).s3.send(
        new GetBucketLocationCommand({ Bucket: `twin-${place}` }),
      );

      expect(LocationConstraint).toBe(region);
    });

    it("invokes its function, whose role reaches the table there", async () => {
      const { lambda, dynamoDb } = clientsOf(place);
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: "twin" }),
      );
      const { Item } = await dynamoDb.send(
        new GetItemCommand({ TableName: "twin", Key: { id: { S: region } } }),
      );

      expect([FunctionError, new TextDecoder().decode(Payload)]).toEqual([undefined, "null"]);
      expect(Item).toEqual({ id: { S: region } });
    });
  });

  it("is read and deleted in one region only, and stays in the other", async () => {
    const table = resourceTypes["aws:dynamodb/table:Table"];
    const group = resourceTypes["aws:cloudwatch/logGroup:LogGroup"];
    const [state, groupState] = [
      { id: "twin", region: "us-west-2" },
      { id: "/twin/abroad", region: "us-west-2" },
    ];

    expect(await group?.read?.(groupState, cloud)).toEqual({ retentionInDays: 0 });
    await table?.delete(state, cloud);
    await group?.delete(groupState, cloud);

    expect(await group?.read?.(groupState, cloud)).toBeUndefined();
    const tables = async (place: Place) =>
      (await clientsOf(place).dynamoDb.send(new ListTablesCommand({}))).TableNames;
    expect([await tables("home"), await tables("abroad")]).toEqual([["twin"], []]);
  });
});

function policy(action: string, more: object): string {
  const statement = { Effect: "Allow", Action: action, ...more };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
