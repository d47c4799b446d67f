import { record } from "../graph/record";
import type { RecordOptions } from "../graph/record";
import { audit } from "./audit";
import type { EvaluationOptions, Report } from "./evaluate";
import { recordedGraph } from "./sources/recorded";

/**
 * Runs a program on Pulumi's mocks, with no cloud and no CLI, and judges what it registers.
 *
 * ```ts
 * const report = await auditProgram(() => new aws.s3.Bucket("data"));
 * expect(formatReport(report)).toContain("S3.5");
 * ```
 */
export async function auditProgram(
  program: () => unknown,
  options: EvaluationOptions & RecordOptions = {},
): Promise<Report> {
  return audit(recordedGraph(await record(program, options)), options);
}
