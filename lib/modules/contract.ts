import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "../components/monitoring/alarm";
import type { GraphRow } from "../components/monitoring/dashboard-graph";
import type { OutputDeclarations, OutputsOf } from "../core/outputs";
import type { Foundation } from "../foundation/foundation";
import type { FoundationNeeds } from "../foundation/needs";
import type { Overrides, Part, Sections } from "../foundation/part";
import type { FoundationSettings } from "../foundation/settings";

/** What a stack's program passes to its modules. */
export interface ProgramInputs {
  /** The database's master password; by default RDS generates, stores and rotates it. */
  readonly dbPassword?: pulumi.Output<string>;
  /** ARN of a certificate for the API's domain, in place of `api.certificateArn`. */
  readonly apiCertificateArn?: pulumi.Input<string>;
}

/**
 * A capability of the platform, in a folder of its own.
 *
 * `Needed` are the ports that it needs of other modules, `Offered` those that it offers to the ones after it.
 */
export interface Module<
  Settings extends Sections,
  Declared extends OutputDeclarations,
  Needed,
  Offered extends object,
> extends Part<Settings, Declared, Settings & FoundationSettings> {
  /** What it needs of the foundation, as data. */
  readonly needs: (settings: Settings & FoundationSettings) => FoundationNeeds;
  /** Registers its components under the stack. */
  readonly build: (
    foundation: Foundation,
    settings: Settings & FoundationSettings,
    needed: Needed,
  ) => Built<Declared, Offered>;
}

/** A module that an environment switches on. */
export interface OptionalModule<
  Settings extends Sections,
  Declared extends OutputDeclarations,
  Needed,
  Offered extends object,
> extends Module<Settings, Declared, Needed, Offered> {
  readonly isEnabled: (settings: Settings) => boolean;
  /**
   * What switches it on in a stack that has these settings, and is off: its own setting, and of the others only those
   * that it cannot be on with.
   */
  readonly switchOn: (
    settings: Settings & FoundationSettings,
  ) => Overrides<Settings & FoundationSettings>;
}

/** What a module has built. */
export interface Built<
  Declared extends OutputDeclarations,
  Offered extends object,
> extends ModuleMonitoring {
  readonly outputs: OutputsOf<Declared>;
  /** By names of its own: `paymentsTable`. */
  readonly ports: Offered;
}

/** The monitoring of a module. */
export interface ModuleMonitoring {
  /** In the order in which the dashboard lists them; each has an entry in the runbook. */
  readonly alarms: readonly Alarm[];
  /** In rows, from what matters most to what may be the cause. */
  readonly graphs: readonly GraphRow[];
}
