import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { constrainedZones } from "../../lib/components/vpc/zones";
import { lookUp } from "../../lib/local/lookups";
import { PhaseLog } from "../../lib/local/phases";
import { freePort } from "../../lib/local/ports";
import { localAccount } from "../../lib/local/regions";
import type { Inputs, LocalCloud } from "../../lib/local/resource";
import { resourceTypes } from "../../lib/local/resources";
import { startServers } from "../../lib/local/servers";
import { Shutdown } from "../../lib/local/shutdown";

describe("the local cloud's availability zones", () => {
  const shutdown = new Shutdown();
  let cloud: LocalCloud;

  beforeAll(async () => {
    const { settings } = await startServers({
      root: path.resolve(__dirname, "../.."),
      port: await freePort(),
      accountId: "000000000000",
      region: "us-east-1",
      phases: new PhaseLog(),
      shutdown,
    });
    cloud = localAccount(settings).cloud;
  });

  afterAll(() => shutdown.run());

  const zonesIn = (region: string) =>
    lookUp("aws:index/getAvailabilityZones:getAvailabilityZones", { region }, cloud);
  const create = async (type: string, inputs: Inputs) => {
    const created = await resourceTypes[type]?.create(inputs, cloud, { type, name: "one" });
    return String(created?.id);
  };

  it("are as many as AWS has, where some of the emulator's three are constrained", async () => {
    expect(await zonesIn("us-east-1")).toMatchObject({
      names: ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`),
      zoneIds: [1, 2, 3, 4, 5, 6].map((number) => `use1-az${String(number)}`),
    });
    expect(await zonesIn("eu-central-1")).toMatchObject({
      zoneIds: ["euc1-az1", "euc1-az2", "euc1-az3"],
    });
    expect(await zonesIn("ap-northeast-1")).toHaveProperty("zoneIds.length", 4);
    expect(await zonesIn("ca-central-1")).toHaveProperty("zoneIds.length", 4);
  });

  it("refuse a NAT gateway and a function where they are constrained, as AWS does, and take them elsewhere", async () => {
    const vpcId = await create("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
    const subnetIn = (availabilityZone: string, cidrBlock: string) =>
      create("aws:ec2/subnet:Subnet", { vpcId, cidrBlock, availabilityZone });
    const constrained = await subnetIn("us-east-1c", "10.0.0.0/24");
    const usual = await subnetIn("us-east-1d", "10.0.1.0/24");
    const gatewayIn = (subnetId: string) => create("aws:ec2/natGateway:NatGateway", { subnetId });
    const functionIn = async (subnetId: string) =>
      create("aws:lambda/function:Function", {
        name: "in-a-zone",
        role: "arn:aws:iam::000000000000:role/none",
        runtime: "nodejs22.x",
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({}),
        vpcConfig: { subnetIds: [usual, subnetId], securityGroupIds: [] },
      });

    expect(constrainedZones).toHaveProperty("use1-az3");
    await expect(gatewayIn(constrained)).rejects.toMatchObject({ name: "NotAvailableInZone" });
    await expect(functionIn(constrained)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: expect.stringContaining("availability zone Lambda doesn't support") as string,
    });
    expect(await gatewayIn(usual)).toMatch(/^nat-/);
  });
});
