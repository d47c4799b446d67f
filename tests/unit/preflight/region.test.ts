import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeDBEngineVersionsCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { mockClient } from "aws-sdk-client-mock";
import type { Context } from "../../../bin/preflight/check";
import { databaseCheck } from "../../../bin/preflight/checks/database";
import { zoneCheck } from "../../../bin/preflight/checks/zones";
import { denied, findingsOf, firstDeployment, lines } from "./context";

const ec2 = mockClient(EC2Client);
const rds = mockClient(RDSClient);

let context: Context;
let version: string;
let instanceClass: string;
beforeAll(async () => {
  context = await firstDeployment();
  const { inputs } = context.graph.one("aws:rds/instance:Instance");
  version = String(inputs["engineVersion"]);
  instanceClass = String(inputs["instanceClass"]);
});
beforeEach(() => {
  ec2.reset();
  rds.reset();
});

describe("the region's zones", () => {
  const zones = (...letters: string[]) =>
    letters.map((letter, index) => ({
      ZoneName: `eu-central-1${letter}`,
      ZoneId: `euc1-az${String(index + 1)}`,
    }));

  it("are enough, by name and id", async () => {
    ec2.on(DescribeAvailabilityZonesCommand).resolves({ AvailabilityZones: zones("a", "b", "c") });

    expect(lines(await findingsOf(zoneCheck, context), "ok").join()).toContain(
      "3 available: eu-central-1a (euc1-az1), eu-central-1b (euc1-az2), eu-central-1c (euc1-az3)",
    );
  });

  it("are not, in a region with fewer than the network has", async () => {
    ec2.on(DescribeAvailabilityZonesCommand).resolves({ AvailabilityZones: zones("a") });

    expect(lines(await findingsOf(zoneCheck, context), "problem").join()).toContain("1 available");
  });

  it("are not those that no network is put into", async () => {
    const [third] = zones("c");
    const lacking = { ZoneName: "us-east-1e", ZoneId: "use1-az3" };
    ec2.on(DescribeAvailabilityZonesCommand).resolves({
      AvailabilityZones: [...zones("a", "b"), lacking],
    });
    const [problem] = await findingsOf(zoneCheck, context);

    expect(problem).toMatchObject({ level: "problem" });
    expect(problem?.whatToDo).toContain("network.zones to 2");

    ec2.on(DescribeAvailabilityZonesCommand).resolves({
      AvailabilityZones: [...zones("a", "b"), lacking, { ...third }],
    });
    expect(lines(await findingsOf(zoneCheck, context), "problem")).toEqual([]);
  });
});

describe("the database", () => {
  const check = () => findingsOf(databaseCheck, context);
  const option = (changes: object = {}) => ({
    EngineVersion: `${version}.6`,
    DBInstanceClass: instanceClass,
    StorageType: "gp3",
    MultiAZCapable: true,
    AvailabilityZones: ["a", "b"].map((letter) => ({ Name: `eu-central-1${letter}` })),
    ...changes,
  });
  const offer = (...options: object[]) => {
    rds
      .on(DescribeOrderableDBInstanceOptionsCommand)
      .resolves({ OrderableDBInstanceOptions: options });
  };

  beforeEach(() => {
    rds.on(DescribeDBEngineVersionsCommand).resolves({
      DBEngineVersions: ["5", "6"].map((minor) => ({
        EngineVersion: `${version}.${minor}`,
        MajorEngineVersion: version,
        Status: "available",
      })),
    });
    offer(option());
  });

  it("is offered: its version, and its class in two zones", async () => {
    expect(lines(await check(), "ok")).toEqual([
      `postgres ${version}: offered, up to ${version}.6`,
      `${instanceClass}, gp3, Multi-AZ: offered in 2 zones: eu-central-1a, eu-central-1b`,
    ]);
  });

  it("is not, of a version that RDS has deprecated, and those are named that it offers", async () => {
    rds.on(DescribeDBEngineVersionsCommand).resolves({
      DBEngineVersions: [
        { EngineVersion: `${version}.1`, MajorEngineVersion: version, Status: "deprecated" },
        { EngineVersion: "99.1", MajorEngineVersion: "99", Status: "available" },
        { EngineVersion: "99.2", MajorEngineVersion: "99", Status: "available" },
      ],
    });
    const [problem] = (await check()).filter(({ level }) => level === "problem");

    expect(problem?.what).toContain("deprecated");
    expect(problem?.whatToDo).toBe("set database.engineVersion; offered are 99");
  });

  it("is not, of a version that the region does not have", async () => {
    rds.on(DescribeDBEngineVersionsCommand).resolves({
      // 16 is not 160
      DBEngineVersions: [{ EngineVersion: `${version}0.1`, Status: "available" }],
    });

    expect(lines(await check(), "problem")).toEqual([
      `postgres ${version}: not offered in eu-central-1`,
    ]);
  });

  it.each([
    ["of another version", { EngineVersion: "1.1" }],
    ["with other storage", { StorageType: "gp2" }],
    ["for one zone only", { MultiAZCapable: false }],
  ])("is not, of a class that is offered %s", async (_, changes) => {
    offer(option(changes));

    expect(lines(await check(), "problem").join()).toContain(
      "not offered in eu-central-1 with this version",
    );
  });

  it("is not in two zones, of a class that one has", async () => {
    offer(option({ AvailabilityZones: [{ Name: "eu-central-1a" }] }));

    expect(lines(await check(), "problem").join()).toContain("offered in 1 zone: eu-central-1a");
  });

  it("may be in one zone, where it has no standby", async () => {
    const dev = await firstDeployment("dev");
    offer(option({ MultiAZCapable: false, AvailabilityZones: [{ Name: "eu-central-1a" }] }));

    expect(lines(await findingsOf(databaseCheck, dev), "problem")).toEqual([]);
  });

  it("is known in part, where only one may be asked for", async () => {
    rds
      .on(DescribeOrderableDBInstanceOptionsCommand)
      .rejects(denied("rds:DescribeOrderableDBInstanceOptions"));
    const found = await check();

    expect(lines(found, "ok")).toHaveLength(1);
    expect(lines(found, "warning")).toEqual(["instance class: could not be asked: not permitted"]);
  });
});
