import * as os from "node:os";
import * as z from "zod";
import { readJsonFile } from "../../lib/core/json-file";
import { CommandError } from "../operations/command";
import { measurementSchema } from "./measurement";
import type { Measurement } from "./measurement";
import { stableRatios } from "./regressions";

const resultSchema = z.object({
  node: z.string(),
  platform: z.string(),
  cores: z.number(),
  measurements: z.array(measurementSchema),
  ratios: z.record(z.string(), z.number()),
});

/** What a run measured, and on which machine: times mean nothing without it. */
export type BenchResult = Readonly<z.infer<typeof resultSchema>>;

/** What was measured on this machine. */
export function resultOf(measurements: readonly Measurement[]): BenchResult {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: os.cpus().length,
    measurements: [...measurements],
    ratios: stableRatios(measurements),
  };
}

/**
 * The result of an earlier run, as `--save` wrote it.
 *
 * @throws {@link CommandError} if the file holds no such result.
 */
export function readResult(file: string): BenchResult {
  const advice = `Write it with: npm run bench -- --save ${file}`;
  const parsed = resultSchema.safeParse(readJsonFile(file, advice, CommandError));
  if (parsed.success) return parsed.data;
  throw new CommandError(`${file} holds no result of a bench. ${advice}`);
}
