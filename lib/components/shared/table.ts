import * as dynamodb from "@pulumi/aws/dynamodb";
import type * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { StackContext, Transform } from "../../types";
import { indexCapacity } from "./table-capacity";
import type { AutoscaledCapacity } from "./table-capacity";

/** An attribute that is part of a key. */
export interface KeyAttribute {
  readonly name: string;
  /** String, number or binary. */
  readonly type: "S" | "N" | "B";
}

/** By what items are found. Fixed at creation. */
export interface TableKey {
  /** Items of equal hash keys are stored together; a query names one. */
  readonly hash: KeyAttribute;
  /** Sorts the items of a hash key; by default there is one item of each. */
  readonly range?: KeyAttribute;
}

/** A global secondary index: the table's items under another key. A table has 20 at most. */
export interface TableIndex extends TableKey {
  /** What the index has of an item beside both keys: everything, nothing or the named attributes. */
  readonly projection: "ALL" | "KEYS_ONLY" | { readonly include: readonly string[] };
}

/** What a stream has of each change beside the item's key. */
export type StreamView = "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";

/** What every table is made with. */
export interface TableOptions<Index extends string = never> {
  readonly context: StackContext;
  /** What the table is for; part of its names: `transactions`. */
  readonly purpose: string;
  readonly key: TableKey;
  /** By name; by default none. */
  readonly indexes?: Readonly<Record<Index, TableIndex>>;
  /** Items are deleted after the time (epoch seconds) in this attribute; by default they stay. */
  readonly ttlAttribute?: string;
  /** What the table's stream has of each change; by default there is no stream. */
  readonly stream?: StreamView | undefined;
  /** By default `on-demand`: paid by request. */
  readonly capacity?: "on-demand" | AutoscaledCapacity<Index>;
  /** ARN of the key that encrypts the table. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly table?: Transform<dynamodb.TableArgs> };
}

/** A table with point-in-time recovery, and guarded against deletion where the stack's data are. */
export function createTable<Index extends string>(
  name: string,
  options: TableOptions<Index>,
  parent: pulumi.Resource,
): dynamodb.Table {
  const { context, purpose, key, ttlAttribute, stream, capacity = "on-demand" } = options;
  const tableName = resourceName(context, purpose);
  const indexes = Object.entries<TableIndex>(options.indexes ?? {});
  const scaled = capacity !== "on-demand";
  return new dynamodb.Table(
    `${name}-${purpose}`,
    transformed<dynamodb.TableArgs>(
      {
        ...regional(context),
        name: tableName,
        ...(scaled
          ? { billingMode: "PROVISIONED", ...initialUnits(capacity) }
          : { billingMode: "PAY_PER_REQUEST" }),
        hashKey: key.hash.name,
        ...(key.range !== undefined && { rangeKey: key.range.name }),
        attributes: attributesOf(tableName, [key, ...indexes.map(([, index]) => index)]),
        ...(indexes.length > 0 && {
          globalSecondaryIndexes: indexes.map(([index, { projection, ...own }]) => ({
            name: index,
            keySchemas: keySchemas(own),
            ...(typeof projection === "string"
              ? { projectionType: projection }
              : { projectionType: "INCLUDE", nonKeyAttributes: [...projection.include] }),
            ...(scaled && initialUnits(indexCapacity(capacity, index))),
          })),
        }),
        ...(ttlAttribute !== undefined && {
          ttl: { attributeName: ttlAttribute, enabled: true },
        }),
        ...(stream !== undefined && { streamEnabled: true, streamViewType: stream }),
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: options.keyArn },
        deletionProtectionEnabled: context.protect,
        tags: namedTags(context.tags, tableName),
      },
      options.transform?.table,
    ),
    {
      parent,
      protect: context.protect,
      // autoscaling changes them from then on
      ...(scaled && { ignoreChanges: capacityPaths(indexes.length > 0) }),
    },
  );
}

/** An index's key. The provider deprecates `hashKey` and `rangeKey` of indexes, and rebuilds one that changes from them. */
function keySchemas({ hash, range }: TableKey) {
  return [
    { attributeName: hash.name, keyType: "HASH" },
    ...(range === undefined ? [] : [{ attributeName: range.name, keyType: "RANGE" }]),
  ];
}

/** The attributes of all keys, each once. */
function attributesOf(tableName: string, keys: readonly TableKey[]): KeyAttribute[] {
  const types = new Map<string, KeyAttribute["type"]>();
  for (const { hash, range } of keys) {
    for (const { name, type } of range === undefined ? [hash] : [hash, range]) {
      const known = types.get(name) ?? type;
      if (known !== type)
        throw new Error(`Table ${tableName}: attribute ${name} is both ${known} and ${type}`);
      types.set(name, type);
    }
  }
  return [...types].map(([name, type]) => ({ name, type }));
}

function initialUnits({ read, write }: Pick<AutoscaledCapacity, "read" | "write">) {
  return { readCapacity: read.min, writeCapacity: write.min };
}

function capacityPaths(hasIndexes: boolean): string[] {
  const own = ["readCapacity", "writeCapacity"];
  return hasIndexes ? [...own, ...own.map((units) => `globalSecondaryIndexes[*].${units}`)] : own;
}
