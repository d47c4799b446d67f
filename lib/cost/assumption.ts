/** One number that the estimate rests on. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  /** Where the number comes from. */
  readonly because: string;
  /** The least and the most that `npm run cost` accepts for it; absent if no flag sets it. */
  readonly range?: readonly [number, number];
}

/** The value of each assumption of these names. */
export type Assumed<Name extends string> = (name: Name) => number;

/** Values for some assumptions, in place of the declared ones. */
export type Given = Readonly<Record<string, number | undefined>>;
