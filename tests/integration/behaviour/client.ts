import { setTimeout as sleep } from "node:timers/promises";
import { isLocal, post } from "../deployed";
import type { ApiResponse } from "../deployed";

/** For what needs the emulator: a proxy beside it, processes of its functions. Skipped on AWS. */
export const describeLocally = isLocal ? describe : describe.skip;

/** How long a caller retries, in milliseconds. */
const patience = 90_000;

/** Whether a caller should retry, as the API's contract says. */
function isRetryable({ status, body }: ApiResponse): boolean {
  const inProgress = status === 409 && body["type"] === "urn:payments:problem:request-in-progress";
  return inProgress || status === 429 || status >= 500;
}

/** Sends a request as a persistent client: the same again while the failure is retryable. */
export async function persist(path: string, body: object, key: string): Promise<ApiResponse> {
  const end = Date.now() + patience;
  for (let pause = 50; ; pause = Math.min(2 * pause, 3_000)) {
    const response = await post(path, body, key);
    if (!isRetryable(response) || Date.now() > end) return response;
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** The numbers from 0 on. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Runs jobs in parallel, each by one of the given workers. */
export async function runInParallel<Worker, Job>(
  workers: readonly Worker[],
  jobs: readonly Job[],
  run: (worker: Worker, job: Job) => Promise<void>,
): Promise<void> {
  const left = [...jobs];
  const work = async (worker: Worker) => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await run(worker, job);
  };
  await Promise.all(workers.map(work));
}
