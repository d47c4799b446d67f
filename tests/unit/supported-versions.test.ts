import * as fs from "node:fs";
import { runtimeEnds, runtimesAsOf, supportedRuntimes } from "../../lib/catalogue/lambda-runtimes";
import { isCreatable, postgresAsOf, postgresMajors } from "../../lib/catalogue/postgres-versions";
import { getEnvironmentConfig } from "../../lib/config";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { demanded } from "./demanded";

const nodes = supportedRuntimes.filter((runtime) => runtime.startsWith("nodejs"));

/** The same day two years later. No clock: what is supported depends on when the tables were compared, not on today. */
const twoYearsAfter = (day: string) => `${String(Number(day.slice(0, 4)) + 2)}${day.slice(4)}`;

const configOf = (environment: EnvironmentType) =>
  getEnvironmentConfig(environment, { overrides: demanded(environment) });

const inWords = (day: string) =>
  new Date(day).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

describe("the versions that are deployed", () => {
  it.each(environmentTypes)("in %s: PostgreSQL has two years of support left", (environment) => {
    const { engineVersion } = configOf(environment).database;

    expect(postgresMajors[engineVersion]?.ends.localeCompare(twoYearsAfter(postgresAsOf))).toBe(1);
  });

  it.each(environmentTypes)("in %s: no Node runtime is supported for longer", (environment) => {
    const { runtime } = configOf(environment).functions;
    const last = nodes
      .map((node) => runtimeEnds[node])
      .sort()
      .at(-1);

    expect(runtimeEnds[runtime]).toBe(last);
  });

  it("are in operations.md with the end of their support", () => {
    const rows = fs
      .readFileSync("docs/operations.md", "utf8")
      .split("\n")
      .map((row) => row.split("|").map((cell) => cell.trim()));
    const ends = rows.flatMap(([, what = "", end = ""]) => {
      const name = /^(?:Lambda `(nodejs.*)`|PostgreSQL (\d+))$/.exec(what);
      return name === null ? [] : [[name[1] ?? name[2], end]];
    });

    expect(Object.fromEntries(ends)).toEqual({
      "nodejs20.x": inWords(String(runtimeEnds["nodejs20.x"])),
      ...Object.fromEntries(nodes.map((node) => [node, inWords(String(runtimeEnds[node]))])),
      ...Object.fromEntries(
        Object.entries(postgresMajors).map(([major, { ends: end }]) => [major, inWords(end)]),
      ),
    });
  });
});

describe("a Lambda runtime", () => {
  it("is supported until AWS stops patching it", () => {
    expect(nodes).toEqual(["nodejs22.x", "nodejs24.x"]);
    for (const [runtime, end] of Object.entries(runtimeEnds))
      expect([runtime, supportedRuntimes.includes(runtime)]).toEqual([runtime, end > runtimesAsOf]);
  });
});

describe("an instance of PostgreSQL", () => {
  it.each(["15", "16", "17", "18", "15.15", "16.11", "17.7", "17.10", "18.1"])(
    "can be made with %s",
    (version) => {
      expect(isCreatable(version)).toBe(true);
    },
  );

  it.each(["14", "14.22", "15.14", "16.4", "17.6", "18.0", "19", "latest", "17.x", ""])(
    "cannot be made with %s",
    (version) => {
      expect(isCreatable(version)).toBe(false);
    },
  );
});
