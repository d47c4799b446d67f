import { setTimeout as sleep } from "node:timers/promises";
import { isLocal, post } from "../deployed";
import type { Answer } from "../deployed";

/** For what needs the emulator: a proxy beside it, processes of its functions. Skipped on AWS. */
export const describeLocally = isLocal ? describe : describe.skip;

/** How long a caller keeps on, in milliseconds. */
const patience = 90_000;

/** Whether a caller shall send the same request again, as the API's contract says. */
function isPassing({ status, body }: Answer): boolean {
  const inProgress = status === 409 && body["type"] === "urn:payments:problem:request-in-progress";
  return inProgress || status === 429 || status >= 500;
}

/** Sends a request as a client that does not give up does: the same again while the failure may pass. */
export async function persist(path: string, body: object, key: string): Promise<Answer> {
  const end = Date.now() + patience;
  for (let pause = 50; ; pause = Math.min(2 * pause, 3_000)) {
    const answer = await post(path, body, key);
    if (!isPassing(answer) || Date.now() > end) return answer;
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** The numbers from 0 on. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Runs jobs, so many at a time, each in one of the given places. */
export async function inLanes<Lane, Job>(
  lanes: readonly Lane[],
  jobs: readonly Job[],
  run: (lane: Lane, job: Job) => Promise<void>,
): Promise<void> {
  const left = [...jobs];
  const work = async (lane: Lane) => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await run(lane, job);
  };
  await Promise.all(lanes.map(work));
}
