import type { Assumed } from "./assumption";
import type { CommonAssumption } from "./common-assumptions";

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

/** Something that is charged at an unknown price. */
export interface UnknownCharge {
  readonly what: string;
  readonly unknown: string;
}

/** What a resource of one type is charged for whether it is used or not: it follows from its arguments alone. */
export type FixedCharging = (
  resource: PricedResource,
  assumed: Assumed<CommonAssumption>,
) => readonly Charge[];

/** What a resource of one type is charged for by its use, which modules declare; several may use one resource. */
export type UseCharging<Use> = (
  resource: PricedResource,
  uses: readonly Use[],
  assumed: Assumed<CommonAssumption>,
) => readonly (Charge | UnknownCharge)[];

/** For each type that is charged by its use, how: `Usage` has the type's use under its token. */
export type UseChargings<Usage> = {
  readonly [Type in keyof Usage]: UseCharging<Usage[Type]>;
};

/** How much of something all modules together use. */
export function total<Key extends string>(
  uses: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number {
  return uses.reduce((sum, use) => sum + use[key], 0);
}

/** Bytes of a GB, as AWS charges it. */
export const gigabyte = 1024 ** 3;

/** The number in an argument, or a default for one that is absent or something else. */
export function numberIn(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

/** The length of a list in an argument. */
export function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
