import type { RunningCloud } from "../../lib/local/local-cloud";

let kept: RunningCloud | undefined;

/** Keeps the local cloud that the run started, for it to be stopped at the end. */
export function keepCloud(cloud: RunningCloud): void {
  kept = cloud;
}

/** The local cloud that the run started, if it did. */
export function keptCloud(): RunningCloud | undefined {
  return kept;
}
