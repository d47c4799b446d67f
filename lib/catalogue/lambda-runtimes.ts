/** The day of https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html that this table is of. */
export const runtimesAsOf = "2026-11-28";

/**
 * The day on which AWS stops to patch a Lambda runtime ("deprecation date"), as `YYYY-MM-DD`. One to four months later
 * it refuses new functions on it, and a month after that every update. Preview runtimes are left out: they come without
 * support.
 */
export const runtimeEnds: Readonly<Record<string, string>> = {
  dotnet10: "2028-11-14",
  dotnet8: "2026-11-10",
  java11: "2027-06-30",
  "java11.al2023": "2029-06-30",
  java17: "2027-06-30",
  "java17.al2023": "2029-06-30",
  java21: "2029-06-30",
  java25: "2029-06-30",
  "java8.al2": "2027-06-30",
  "java8.al2023": "2029-06-30",
  "nodejs18.x": "2025-09-01",
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
  "provided.al2": "2026-07-31",
  "provided.al2023": "2029-06-30",
  "python3.10": "2026-10-31",
  "python3.11": "2027-06-30",
  "python3.12": "2028-10-31",
  "python3.13": "2029-06-30",
  "python3.14": "2029-06-30",
  "python3.9": "2025-12-15",
  "ruby3.2": "2026-03-31",
  "ruby3.3": "2027-03-31",
  "ruby3.4": "2028-03-31",
  "ruby4.0": "2029-03-31",
};

/** The runtimes that AWS patches on the table's day. */
export const supportedRuntimes: readonly string[] = Object.entries(runtimeEnds)
  .filter(([, end]) => end > runtimesAsOf)
  .map(([runtime]) => runtime);
