import {
  deserializeProperty,
  specialArchiveSig,
  specialAssetSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as z from "zod";
import type { Inputs } from "../../../lib/local/resource";

/** Properties as they come over the wire: JSON, with marks for assets and for what is not known yet. */
export type WireProperties = Readonly<Record<string, z.core.util.JSONType>>;

const wireSchema = z.record(z.string(), z.json());

/** The properties of a request. */
export function received(properties: Struct | undefined): WireProperties {
  return wireSchema.parse(properties?.toJavaScript() ?? {});
}

/** Properties for a response. */
export function sent(properties: WireProperties): Struct {
  return Struct.fromJavaScript({ ...properties });
}

/** The properties as a program has them: archives are archives. */
export function revived(properties: WireProperties): Inputs {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, revive(value)] as const),
  );
}

function revive(value: unknown): unknown {
  return deserializeProperty(value);
}

/**
 * Outputs for the wire: JSON, without what is undefined. What a creator passes on of its inputs stays as
 * it came, for archives have no JSON.
 */
export function wired(outputs: Inputs, inputs: Inputs, came: WireProperties): WireProperties {
  const made = Object.entries(outputs).filter(
    ([key, value]) => !(key in inputs && value === inputs[key]),
  );
  return { ...came, ...jsonOf(Object.fromEntries(made)) };
}

/** Properties as JSON, without what is undefined. */
export function jsonOf(properties: Inputs): WireProperties {
  return wireSchema.parse(JSON.parse(JSON.stringify(properties)));
}

const hashed = z.looseObject({
  [specialSigKey]: z.enum([specialAssetSig, specialArchiveSig]),
  hash: z.string(),
});

/** A value to compare: assets and archives are their hashes, for the state does not keep their contents. */
export function comparable(value: unknown): unknown {
  const asset = hashed.safeParse(value);
  if (asset.success) return asset.data.hash;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
}
