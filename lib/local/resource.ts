import type { AwsClients } from "./clients";
import type { LocalCredentials } from "./credentials";

/** The real PostgreSQL that stands behind the RDS instance. */
export interface LocalDatabase {
  readonly host: string;
  readonly port: number;
  readonly masterUser: string;
  readonly masterPassword: string;
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile: string;
}

/** What a local resource is created with. */
export interface LocalCloud {
  /** The emulator's URL: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The URL by which functions reach it. */
  readonly functionEndpoint: string;
  readonly accountId: string;
  readonly region: string;
  /** This run's: whoever has them is the account's root. */
  readonly credentials: LocalCredentials;
  readonly clients: AwsClients;
  readonly database: LocalDatabase;
}

/** A created resource: its physical id and the outputs that the program may read, arguments included. */
export interface CreatedResource {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The arguments of a resource as the program gave them, in Pulumi's names, outputs resolved. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Creates one resource. */
export type CreateResource = (
  inputs: Inputs,
  cloud: LocalCloud,
  resource: { readonly type: string; readonly name: string },
) => Promise<CreatedResource>;

/** How each resource type is created, by Pulumi type token. */
export type ResourceTypes = Readonly<Record<string, CreateResource>>;
