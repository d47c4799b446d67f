import type { Step } from "./stack";

/**
 * What holds data, or without which data cannot be read: to replace one of these is to lose it. A log
 * group is evidence: of calls, connections, statements and payments.
 */
export const dataHolders: readonly string[] = [
  "aws:dynamodb/table:Table",
  "aws:s3/bucket:Bucket",
  "aws:rds/instance:Instance",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "aws:cloudwatch/logGroup:LogGroup",
];

/** Steps that would lose data. */
export function losses(steps: readonly Step[]): Step[] {
  return steps.filter(
    ({ op, type }) => dataHolders.includes(type) && (op === "replace" || op === "delete"),
  );
}
