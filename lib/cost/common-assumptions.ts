import type { Assumption } from "./assumption";

/** What is assumed of every stack, whatever its modules do. */
export const commonAssumptions = {
  months: {
    value: 1,
    unit: "months",
    what: "How long the stack has been used: what it stores, and how often its keys have rotated",
    because: "a new stack; `--months`",
    range: [1, 600],
  },
  enhancedMonitoringBytes: {
    value: 10_000,
    unit: "bytes",
    what: "A sample of enhanced monitoring, at the interval that the stack sets",
    because: "operating system and processes as JSON, in CloudWatch Logs",
  },
  logCompression: {
    value: 0.15,
    unit: "of what was ingested",
    what: "Size of logs as they are stored",
    because: "the rate that CloudWatch's pricing examples use",
  },
  tracesPerSecond: {
    value: 1,
    unit: "traces a second",
    what: "Traces that X-Ray records in any case, for each API and for each function that nothing traced invokes",
    because: "X-Ray's default sampling rule: one a second and 5 % of the rest",
  },
} as const satisfies Record<string, Assumption>;

/** The name of an assumption that holds for every stack. */
export type CommonAssumption = keyof typeof commonAssumptions;
