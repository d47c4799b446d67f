/**
 * The day of https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html that
 * this table is of.
 */
export const postgresAsOf = "2026-11-28";

/** What RDS says of a major version. */
export interface PostgresMajor {
  /**
   * The oldest minor version with which RDS creates an instance. It makes none with those before, and upgrades what
   * still runs them by itself: since 1 October 2026 those before 15.15, 16.11 and 17.7.
   */
  readonly oldestMinor: number;
  /** The day on which standard support ends, as `YYYY-MM-DD`; from then on there is only Extended Support, at a charge. */
  readonly ends: string;
}

/** Major versions of PostgreSQL that RDS supports on the table's day and that the ledger's schema runs on. */
export const postgresMajors: Readonly<Record<string, PostgresMajor>> = {
  15: { oldestMinor: 15, ends: "2028-02-29" },
  16: { oldestMinor: 11, ends: "2029-02-28" },
  17: { oldestMinor: 7, ends: "2030-02-28" },
  18: { oldestMinor: 1, ends: "2031-02-28" },
};

/** Whether RDS creates an instance of a version: `17`, `17.7`. */
export function isCreatable(version: string): boolean {
  const [, major = "", minor] = /^(\d+)(?:\.(\d+))?$/.exec(version) ?? [];
  const known = postgresMajors[major];
  return known !== undefined && (minor === undefined || Number(minor) >= known.oldestMinor);
}

/** The versions of {@link isCreatable} in words. */
export const creatableVersions = Object.entries(postgresMajors)
  .map(([major, { oldestMinor }]) => `${major} (from ${major}.${String(oldestMinor)})`)
  .join(", ");
