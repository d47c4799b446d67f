/** What may differ between the graphs of two environments. */
export interface PermittedDifference {
  /** The setting that it follows from, or a section of settings: `logs.retentionDays`. */
  readonly setting: string;
  readonly why: string;
  /** The resources that may be there or not: Pulumi's type token, with a name for only one of them. */
  readonly resources?: readonly string[];
  /** The arguments that may have another value, by type token; `*` is any one step of the path. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
}
