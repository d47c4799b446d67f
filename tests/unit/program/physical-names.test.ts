import { memoize } from "es-toolkit/function/memoize";
import * as z from "zod";
import { catalogue } from "../../../lib/catalogue";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { environmentTypes } from "../../../lib/types";
import { recordProgram } from "../environments";

/** Names that are unique in an account beside the arguments that `nameLimit` of a type names. */
const furtherNames: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["finalSnapshotIdentifier"],
  "aws:route53/zone:Zone": ["name"],
};

const names = ({ type, inputs }: RecordedResource): string[] => {
  const limit = catalogue[type]?.nameLimit;
  const named = [...(limit === undefined ? [] : [limit.argument]), ...(furtherNames[type] ?? [])];
  return named.flatMap((argument) => {
    const name = inputs[argument];
    return typeof name === "string" && !isMadeUnique(name) ? [`${type} ${name}`] : [];
  });
};

/** Whether AWS's id or a random one, which the mocks have for every stack alike, is part of a name. */
const isMadeUnique = (name: string) =>
  name.endsWith("-0a1b2c3d") || name.startsWith("API-Gateway-Execution-Logs_");

/** A metric of the program's own that an alarm is about, as CloudWatch distinguishes them. */
const metrics = ({ inputs: { namespace, metricName, dimensions } }: RecordedResource) =>
  typeof namespace === "string" && !namespace.startsWith("AWS/")
    ? [JSON.stringify([namespace, metricName, dimensions])]
    : [];

const taken = memoize(async (stack: string) => {
  const [environment, suffix] = z
    .tuple([z.enum(environmentTypes), z.string()])
    .parse(stack.split(" "));
  const { resources } = await recordProgram(environment, {
    config: { "payments:environmentSuffix": suffix },
    with: ["all"],
  });
  return new Set(resources.flatMap((one) => [...names(one), ...metrics(one)]));
});

describe("two stacks in one account", () => {
  it.each([
    ["of two environments with one suffix", "dev eu", "prod eu"],
    ["of one environment with two suffixes", "dev eu", "dev us"],
    ["of which one is the environment's own", "dev dev", "dev eu"],
    ["of which one has the environment in its suffix", "dev eu", "dev dev-eu"],
  ] as const)("share no name and no metric: %s", async (_, one, other) => {
    const [first, second] = [await taken(one), await taken(other)];

    expect(first.size).toBeGreaterThan(100);
    expect([...first].filter((name) => second.has(name))).toEqual([]);
  });
});
