import { setTimeout as sleep } from "node:timers/promises";
import type { ApiAnswer, ApiRequest } from "./api";
import { Measurements } from "./measurements";
import type { Traffic } from "./traffic";

/** How hard to drive, and for how long. */
export interface Drive {
  /** Requests that are due each second. */
  readonly rate: number;
  readonly seconds: number;
  /** Requests that are under way at the same time, at most. */
  readonly connections: number;
  readonly send: (request: ApiRequest) => Promise<ApiAnswer>;
  readonly traffic: Traffic;
  /** Ends the drive early. */
  readonly signal: AbortSignal;
  /** Told after each request. */
  readonly onRequest: (measured: Measurements, elapsedSeconds: number) => void;
}

/**
 * Sends requests at a rate, whether the answers keep up or not: how long a request was due before a
 * connection was free for it is measured apart from how long its answer took. What is not sent when the
 * time is over is not sent.
 */
export async function drive(options: Drive) {
  const { rate, seconds, connections, send, traffic, signal, onRequest } = options;
  const measured = new Measurements();
  const start = performance.now();
  const end = start + seconds * 1_000;
  let issued = 0;

  const connection = async () => {
    for (;;) {
      const due = start + (issued++ / rate) * 1_000;
      const early = due - performance.now();
      if (due >= end) return;
      if (early > 0) await sleep(early);
      const sent = performance.now();
      if (signal.aborted || sent >= end) return;
      const { operation, request, take } = traffic.next();
      const answer = await send(request);
      const latency = performance.now() - sent;
      measured.add({ operation, latency, waited: sent - due }, answer, take(answer));
      onRequest(measured, (performance.now() - start) / 1_000);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return measured.result((performance.now() - start) / 1_000);
}
