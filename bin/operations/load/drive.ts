import { setTimeout as sleep } from "node:timers/promises";
import type { ApiRequest, ApiResponse } from "./api";
import { Measurements } from "./measurements";
import type { Traffic } from "./traffic";

/** The load, and its duration. */
export interface Drive {
  /** Requests that are due each second. */
  readonly rate: number;
  readonly seconds: number;
  /** The most concurrent requests. */
  readonly connections: number;
  readonly send: (request: ApiRequest) => Promise<ApiResponse>;
  readonly traffic: Traffic;
  /** Ends the drive early. */
  readonly signal: AbortSignal;
  /** Called after each request. */
  readonly onRequest: (measured: Measurements, elapsedSeconds: number) => void;
}

/**
 * Sends requests at a rate, whether the responses keep up or not: how long a request waited for a free
 * connection is measured apart from its latency. Requests that have not been sent when the time is over
 * are dropped.
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
      const response = await send(request);
      const latency = performance.now() - sent;
      measured.add({ operation, latency, waited: sent - due }, response, take(response));
      onRequest(measured, (performance.now() - start) / 1_000);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return measured.result((performance.now() - start) / 1_000);
}
