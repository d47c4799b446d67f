import type { RunningCloud } from "../../lib/local/local-cloud";

let started: RunningCloud | undefined;

/** Remembers the local cloud that the run started, to stop it at the end. */
export function setStartedCloud(cloud: RunningCloud): void {
  started = cloud;
}

/** The local cloud that the run started, if it did. */
export function startedCloud(): RunningCloud | undefined {
  return started;
}
