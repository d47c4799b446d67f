import type { Usage } from "./usage";

/** A resource as far as its price depends on it. */
export interface PricedResource {
  /** Pulumi's type token. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** One thing that a resource is charged for in a month. */
export interface Charge {
  readonly what: string;
  /** A key of the prices; one that they do not have makes the charge unknown. */
  readonly price: string;
  /** In the price's unit. */
  readonly quantity: number;
}

/** Something that is charged, but nobody can say how much. */
export interface UnknownCharge {
  readonly what: string;
  readonly unknown: string;
}

/** What charges are made of besides the resource itself. */
export interface ChargeContext {
  readonly usage: Usage;
  readonly resources: readonly PricedResource[];
}

/** What a resource of one type is charged for. */
export type Charging = (
  resource: PricedResource,
  context: ChargeContext,
) => readonly (Charge | UnknownCharge)[];

/** Bytes of a GB, as AWS charges it. */
export const gigabyte = 1024 ** 3;

/** The number in an argument; of one that is absent or something else, what stands for it. */
export function numberIn(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

/** The length of a list in an argument. */
export function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
