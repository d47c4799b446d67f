import { record } from "../graph/record";
import type { RecordOptions } from "../graph/record";
import { audit } from "./audit";
import type { EvaluationOptions, Report } from "./evaluate";
import { recordedGraph } from "./sources/recorded";

/**
 * Runs a program on Pulumi's mocks, with no cloud and no CLI, and evaluates what it registers.
 *
 * @example In a test, whose failure names what to fix
 * ```ts
 * import * as s3 from "@pulumi/aws/s3";
 * import { auditProgram, formatReport } from "payment-stack/policy";
 *
 * const report = await auditProgram(() => new s3.Bucket("data"));
 * expect(report.passed ? "" : formatReport(report)).toBe("");
 * ```
 */
export async function auditProgram(
  program: () => unknown,
  options: EvaluationOptions & RecordOptions = {},
): Promise<Report> {
  return audit(recordedGraph(await record(program, options)), options);
}
