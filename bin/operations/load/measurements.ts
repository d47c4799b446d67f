import type { ApiResponse } from "./api";
import type { LoadOperation } from "./traffic";

/** Latencies in milliseconds; exact, by the nearest rank. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The measurements of the requests of one kind. */
export interface OperationResult extends Percentiles {
  readonly operation: LoadOperation | "all";
  readonly requests: number;
  /** Responses other than 2xx, and requests without a response. */
  readonly errors: number;
}

/** The result of a load. */
export interface LoadResult {
  readonly seconds: number;
  readonly requests: number;
  /** Responses a second, of any status. */
  readonly throughput: number;
  readonly operations: readonly OperationResult[];
  /** How long requests waited for a free connection. */
  readonly waiting: Percentiles;
  /** The number of responses of each status other than 2xx, and of requests without a response by the reason. */
  readonly errors: Readonly<Record<string, number>>;
  /** The number of wrong responses, by what was wrong. */
  readonly wrong: Readonly<Record<string, number>>;
}

interface Sample {
  readonly operation: LoadOperation;
  readonly latency: number;
  readonly waited: number;
  readonly failed: boolean;
}

/** Collects what a run measures. */
export class Measurements {
  private readonly samples: Sample[] = [];
  private readonly errors: Record<string, number> = {};
  private readonly wrong: Record<string, number> = {};

  get requests(): number {
    return this.samples.length;
  }

  get errorCount(): number {
    return Object.values(this.errors).reduce((sum, count) => sum + count, 0);
  }

  add(
    sample: Omit<Sample, "failed">,
    { status }: Pick<ApiResponse, "status">,
    wrong: string | undefined,
  ): void {
    const failed = typeof status !== "number" || status >= 300;
    this.samples.push({ ...sample, failed });
    if (failed) count(this.errors, `${String(status)} to ${sample.operation}`);
    if (wrong !== undefined) count(this.wrong, wrong);
  }

  /** @param seconds how long the run took. */
  result(seconds: number): LoadResult {
    const { samples, requests, errors, wrong } = this;
    const operations = [...new Set(samples.map(({ operation }) => operation))].sort();
    return {
      seconds,
      requests,
      throughput: requests / seconds,
      operations: [
        ...operations.map((operation) =>
          resultOf(
            operation,
            samples.filter((sample) => sample.operation === operation),
          ),
        ),
        resultOf("all", samples),
      ],
      waiting: percentiles(samples.map(({ waited }) => waited)),
      errors,
      wrong,
    };
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function resultOf(operation: OperationResult["operation"], samples: readonly Sample[]) {
  return {
    operation,
    requests: samples.length,
    errors: samples.filter(({ failed }) => failed).length,
    ...percentiles(samples.map(({ latency }) => latency)),
  };
}

/** By the nearest rank: each is one of the values. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (percent: number) =>
    sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
  return { p50: at(50), p95: at(95), p99: at(99) };
}
