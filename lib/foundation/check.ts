/** A file of the integration suite that checks a part of a deployed stack. */
export interface Check {
  /** Below `tests/integration`, without `.test.ts`. */
  readonly path: string;
  /** Whether it writes to the stack: makes payments, for example. */
  readonly writes: boolean;
}

/** Checks by the names that `npm run check -- --only` takes, unique among all parts. */
export type Checks = Readonly<Record<string, Check>>;

/** A check that leaves the stack as it is. */
export const reads = (path: string): Check => ({ path, writes: false });

/** A check that writes to the stack. */
export const writes = (path: string): Check => ({ path, writes: true });
