import * as appautoscaling from "@pulumi/aws/appautoscaling";
import type * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import type { StackContext } from "../../types";

/** The range of autoscaling, in capacity units a second. */
export interface CapacityRange {
  /** What the table starts with and never goes below; 1 or more. */
  readonly min: number;
  /** By default AWS allows a table 40,000. */
  readonly max: number;
}

/** Capacity for reading and for writing. */
export interface Units {
  /** A unit reads 4 KB a second consistently, or twice as much eventually so. */
  readonly read: CapacityRange;
  /** A unit writes 1 KB a second. */
  readonly write: CapacityRange;
}

/** Provisioned capacity that follows what is used of it. */
export interface AutoscaledCapacity<Index extends string = never> extends Units {
  /** How much of the capacity shall be used, in percent: 20 to 90. */
  readonly targetPercent: number;
  /**
   * Indexes whose capacity is not the table's. An index with less to write than the table is written
   * throttles the table.
   */
  readonly indexes?: Readonly<Partial<Record<Index, Units>>>;
}

/** What an index has: its own or the table's. */
export function indexCapacity(capacity: AutoscaledCapacity<string>, index: string): Units {
  return capacity.indexes?.[index] ?? capacity;
}

/** What is scaled, and by what. */
export interface ScalingOptions {
  readonly context: StackContext;
  readonly purpose: string;
  readonly table: dynamodb.Table;
  readonly indexNames: readonly string[];
  readonly capacity: AutoscaledCapacity<string>;
}

/** Scales the table and each index, for reading and for writing. */
export function autoscale(name: string, options: ScalingOptions, parent: pulumi.Resource): void {
  const { context, purpose, table, capacity } = options;
  const scaled = [
    {
      part: "",
      kind: "table",
      resourceId: pulumi.interpolate`table/${table.name}`,
      units: capacity,
    },
    ...options.indexNames.map((index) => ({
      part: `-${index}`,
      kind: "index",
      resourceId: pulumi.interpolate`table/${table.name}/index/${index}`,
      units: indexCapacity(capacity, index),
    })),
  ];
  for (const { part, kind, resourceId, units } of scaled) {
    for (const [access, { min, max }] of [
      ["Read", units.read],
      ["Write", units.write],
    ] as const) {
      const scalingPurpose = `${purpose}${part}-${access.toLowerCase()}`;
      const scalingName = resourceName(context, scalingPurpose);
      const target = new appautoscaling.Target(
        `${name}-${scalingPurpose}`,
        {
          ...regional(context),
          serviceNamespace: "dynamodb",
          resourceId,
          scalableDimension: `dynamodb:${kind}:${access}CapacityUnits`,
          minCapacity: min,
          maxCapacity: max,
          tags: namedTags(context.tags, scalingName),
        },
        { parent },
      );
      new appautoscaling.Policy(
        `${name}-${scalingPurpose}`,
        {
          ...regional(context),
          name: scalingName,
          policyType: "TargetTrackingScaling",
          serviceNamespace: target.serviceNamespace,
          resourceId: target.resourceId,
          scalableDimension: target.scalableDimension,
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: {
              predefinedMetricType: `DynamoDB${access}CapacityUtilization`,
            },
            targetValue: capacity.targetPercent,
          },
        },
        { parent },
      );
    }
  }
}
