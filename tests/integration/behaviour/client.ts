import { isLocal, persistently, post } from "../deployed";
import type { ApiResponse } from "../deployed";

/** For what needs the emulator: a proxy beside it, processes of its functions. Skipped on AWS. */
export const describeLocally = isLocal ? describe : describe.skip;

/** Makes a change to the payments as a persistent client: the same again while the failure is retryable. */
export const persist = (path: string, body: object, key: string): Promise<ApiResponse> =>
  persistently(() => post(path, body, key));

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
