import {
  paginateDescribeDBEngineVersions,
  paginateDescribeOrderableDBInstanceOptions,
} from "@aws-sdk/client-rds";
import type { DBEngineVersion, OrderableDBInstanceOption } from "@aws-sdk/client-rds";
import { counted } from "../../../lib/core/counted";
import { textOf } from "../check";
import type { Check, Context } from "../check";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { asked } from "../finding";
import type { Finding } from "../finding";

const versionPermissions = ["rds:DescribeDBEngineVersions"];
const optionPermissions = ["rds:DescribeOrderableDBInstanceOptions"];

/** Whether a version is the one that was asked for, or a minor one of it. */
const isVersion = (wanted: string, version: string) =>
  version === wanted || version.startsWith(`${wanted}.`);

/** Whether RDS creates databases of the version. */
async function versionFindings(database: RecordedResource, context: Context): Promise<Finding[]> {
  const engine = textOf(database, "engine") ?? "";
  const wanted = textOf(database, "engineVersion") ?? "";
  const where = `${engine} ${wanted}`;
  const all: DBEngineVersion[] = [];
  // those that are not offered any more are asked for too, to say so
  const pages = paginateDescribeDBEngineVersions(
    { client: context.clients.rds },
    { Engine: engine, IncludeAll: true },
  );
  for await (const { DBEngineVersions = [] } of pages) all.push(...DBEngineVersions);
  const fitting = all.filter(({ EngineVersion = "" }) => isVersion(wanted, EngineVersion));
  const offered = fitting.filter(({ Status }) => Status === "available");
  const newest = offered.at(-1)?.EngineVersion;
  if (newest !== undefined) return [{ level: "ok", what: `offered, up to ${newest}`, where }];
  const others = all.flatMap(({ Status, MajorEngineVersion: major, EngineVersion = "" }) =>
    Status === "available" ? [major ?? EngineVersion] : [],
  );
  return [
    {
      level: "problem",
      what:
        fitting.length > 0
          ? "deprecated: RDS makes no new database of it, and upgrades those that are there"
          : `not offered in ${context.region}`,
      where,
      whatToDo: `set database.engineVersion; offered are ${[...new Set(others)].join(", ")}`,
    },
  ];
}

/** Whether the region has the class with the storage, and in how many zones. */
async function classFindings(database: RecordedResource, context: Context): Promise<Finding[]> {
  const engine = textOf(database, "engine");
  const version = textOf(database, "engineVersion") ?? "";
  const instanceClass = textOf(database, "instanceClass") ?? "";
  const storage = textOf(database, "storageType");
  const isMultiAz = database.inputs["multiAz"] === true;
  const all: OrderableDBInstanceOption[] = [];
  const pages = paginateDescribeOrderableDBInstanceOptions(
    { client: context.clients.rds },
    { Engine: engine, DBInstanceClass: instanceClass, Vpc: true },
  );
  for await (const page of pages) all.push(...(page.OrderableDBInstanceOptions ?? []));
  const fitting = all.filter(
    ({ EngineVersion = "", StorageType, MultiAZCapable }) =>
      isVersion(version, EngineVersion) &&
      (storage === undefined || StorageType === storage) &&
      (!isMultiAz || MultiAZCapable === true),
  );
  const zones = fitting.flatMap(({ AvailabilityZones = [] }) =>
    AvailabilityZones.flatMap(({ Name }) => Name ?? []),
  );
  const offered = [...new Set(zones)].sort();
  const where = [instanceClass, storage, isMultiAz ? "Multi-AZ" : undefined]
    .filter((part) => part !== undefined)
    .join(", ");
  const what = `offered in ${counted(offered.length, "zone")}: ${offered.join(", ")}`;
  if (offered.length >= (isMultiAz ? 2 : 1)) return [{ level: "ok", what, where }];
  return [
    {
      level: "problem",
      what: offered.length === 0 ? `not offered in ${context.region} with this version` : what,
      where,
      whatToDo: `set database.instanceClass; aws rds describe-orderable-db-instance-options --engine ${String(engine)} --region ${context.region} lists what there is`,
    },
  ];
}

/** Whether RDS has, in this region, what the databases are made of. */
export const databaseCheck: Check = {
  name: "database",
  permissions: [...versionPermissions, ...optionPermissions],
  run: async (context) => {
    const found = await Promise.all(
      context.graph
        .ofType("aws:rds/instance:Instance")
        .flatMap((database) => [
          asked("engine version", versionPermissions, () => versionFindings(database, context)),
          asked("instance class", optionPermissions, () => classFindings(database, context)),
        ]),
    );
    return found.flat();
  },
};
