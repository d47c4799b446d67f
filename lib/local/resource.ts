import type { AwsClients } from "./clients";
import type { LocalCredentials } from "./credentials";

/** The real PostgreSQL behind the RDS instance. */
export interface LocalDatabase {
  readonly host: string;
  readonly port: number;
  readonly masterUser: string;
  readonly masterPassword: string;
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile: string;
  /** Resolves when it can be connected to, and that file is there: deploying begins before. */
  readonly ready: Promise<void>;
}

/** What local resources are created with, in one region. */
export interface LocalCloud {
  /** The emulator's URL: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The URL by which functions reach it. */
  readonly functionEndpoint: string;
  readonly accountId: string;
  readonly region: string;
  /** This run's: those of the account's root. */
  readonly credentials: LocalCredentials;
  /** Clients of the region. */
  readonly clients: AwsClients;
  readonly database: LocalDatabase;
  /** The same account in another region; without one, the stack's own. */
  inRegion(region: string | undefined): LocalCloud;
}

/** A created resource: its physical id and the outputs that the program may read, arguments included. */
export interface CreatedResource {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The arguments of a resource as the program gave them, in Pulumi's names, outputs resolved. */
export type Inputs = Readonly<Record<string, unknown>>;

/** The properties of a resource that was created, with its id as `id`. */
export type ResourceState = Inputs & { readonly id: string };

/** Creates one resource, in the region that its arguments name or else the cloud's. */
export type CreateResource = (
  inputs: Inputs,
  cloud: LocalCloud,
  resource: { readonly type: string; readonly name: string },
) => Promise<CreatedResource>;

/** Updates one resource in place, in its own region: the arguments that have changed, as they shall be. */
export type UpdateResource = (
  changed: Inputs,
  state: ResourceState,
  cloud: LocalCloud,
) => Promise<void>;

/** Deletes one resource, in its own region. */
export type DeleteResource = (state: ResourceState, cloud: LocalCloud) => Promise<void>;

/** Properties of a resource as they are now; undefined if it is gone. */
export type ReadResource = (state: ResourceState, cloud: LocalCloud) => Promise<Inputs | undefined>;

/** What the local cloud does with resources of one type. */
export interface ResourceType {
  readonly create: CreateResource;
  /** Whether `create` also updates a resource that is there already. */
  readonly upserts?: true;
  /**
   * The properties whose change replaces a resource, beside its region; every other one is updated in
   * place. As the provider's documentation has them ("forces replacement"): complete for what holds data,
   * and for the rest those that the program sets.
   */
  readonly replacedBy: readonly string[];
  /** How single properties are changed; by default none can be. */
  readonly update?: UpdateResource;
  readonly delete: DeleteResource;
  /** How drift is found; a resource of a type without it is taken to be as it was created. */
  readonly read?: ReadResource;
  /** Why resources are simulated: what the emulator lacks. */
  readonly simulated?: string;
}

/** What the local cloud does with each resource type, by Pulumi type token. */
export type ResourceTypes = Readonly<Record<string, ResourceType>>;
