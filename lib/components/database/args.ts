import type * as rds from "@pulumi/aws/rds";
import type * as pulumi from "@pulumi/pulumi";
import type { NewLogGroup, StackContext, Transform } from "../../types";

/** Version, size and maintenance of a database. */
export interface DatabaseSettings {
  /** `17` follows RDS's minor versions as they come; `17.7` stays as it is until RDS withdraws it. */
  readonly engineVersion: string;
  /** An RDS instance class: `db.t4g.micro`. */
  readonly instanceClass: string;
  /** Initial gp3 storage, in GiB; RDS wants 20 or more. */
  readonly allocatedStorageGiB: number;
  /** Where storage stops growing by itself, in GiB; RDS wants 10 % above the initial. */
  readonly maxAllocatedStorageGiB: number;
  /** A standby in a second zone. */
  readonly multiAz: boolean;
  /** Retention of automated backups, in days: 1 to 35. */
  readonly backupRetentionDays: number;
  /** Daily, UTC, outside {@link maintenanceWindow}: `03:00-04:00`. */
  readonly backupWindow: string;
  /** Weekly, UTC: `sun:04:00-sun:05:00`. */
  readonly maintenanceWindow: string;
  /** Query statistics; RDS refuses them to db.t4g.micro and db.t4g.small. */
  readonly performanceInsights: boolean;
  /**
   * When changes that interrupt the database happen: at once, or in {@link maintenanceWindow}. A new major version
   * needs `now`: in between, the former parameter group is still in use and cannot be deleted.
   */
  readonly applyChanges: "now" | "window";
  /**
   * Whether a major version past its standard support goes on at a charge (0.10 USD an hour and vCPU); otherwise RDS
   * upgrades it to the next. Fixed at creation.
   */
  readonly extendedSupport: boolean;
}

/** What people read of a database's parts; those of subnet and parameter group are fixed at creation. */
export interface DatabaseDescriptions {
  readonly subnetGroup: string;
  readonly parameterGroup: string;
  /** Of the secret that holds a given password. */
  readonly masterSecret: string;
}

/** Arguments of `DatabaseComponent`. */
export interface DatabaseComponentArgs {
  readonly context: StackContext;
  /** What the database is for; part of its names: `database`. Fixed at creation. */
  readonly purpose: string;
  /** Purposes of what has another name than the database's; fixed at creation. */
  readonly purposes?: {
    /** The parameter group, before its major version; by default `{purpose}-postgres`. */
    readonly parameterGroup?: string;
    /** The role of enhanced monitoring; by default `{purpose}-monitoring`. */
    readonly monitoringRole?: string;
  };
  readonly descriptions: DatabaseDescriptions;
  /** The first database of the instance: letters, digits and `_`, at most 63. Fixed at creation. */
  readonly databaseName: string;
  /** Letters, digits and `_`, at most 63; not a word that PostgreSQL reserves. Fixed at creation. */
  readonly masterUsername: string;
  /** ARN of the key that encrypts storage, backups and query statistics. Fixed at creation. */
  readonly keyArn: pulumi.Input<string>;
  /** ARN of the key that encrypts the master password's secret. */
  readonly secretKeyArn: pulumi.Input<string>;
  /** In two zones or more. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly settings: DatabaseSettings;
  /** RDS fixes the groups' names, `/aws/rds/instance/{identifier}/{log}`: made here, or there already. */
  readonly logs: NewLogGroup | "existing";
  /**
   * The master user's password; by default RDS generates, stores and rotates it, and Pulumi never sees it.
   * A given one is in Pulumi's state as in the stack's file: encrypted (pulumi-terraform-bridge#3201).
   */
  readonly masterPassword?: pulumi.Input<string>;
  readonly transform?: {
    readonly instance?: Transform<rds.InstanceArgs>;
    readonly parameterGroup?: Transform<rds.ParameterGroupArgs>;
  };
}
