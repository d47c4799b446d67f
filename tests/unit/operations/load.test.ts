import { setTimeout as sleep } from "node:timers/promises";
import type { ApiRequest, ApiResponse } from "../../../bin/operations/load/api";
import { drive } from "../../../bin/operations/load/drive";
import { Measurements, percentiles } from "../../../bin/operations/load/measurements";
import { Traffic, mix } from "../../../bin/operations/load/traffic";

/** An API that creates payments and changes them, and remembers keys. */
class Api {
  readonly requests: ApiRequest[] = [];
  private readonly responses = new Map<string, ApiResponse>();
  changesReplays = false;

  send(request: ApiRequest): ApiResponse {
    this.requests.push(request);
    const { method, path, key = "" } = request;
    if (method === "GET") return { status: 200, body: {}, replayed: false };
    const known = this.responses.get(key);
    if (known !== undefined)
      return { ...known, replayed: true, ...(this.changesReplays && { body: {} }) };
    const status =
      {
        authorize: "AUTHORIZED",
        capture: "CAPTURED",
        refund: "REFUNDED",
        cancel: "CANCELED",
      }[path.split("/")[3] ?? ""] ?? "PENDING";
    const transactionId = path.split("/")[2] ?? `pay_${String(this.responses.size)}`;
    const response = { status: 200, body: { transactionId, amount: 10, status }, replayed: false };
    this.responses.set(key, response);
    return response;
  }
}

function talk(traffic: Traffic, api: Api, count: number) {
  return Array.from({ length: count }, () => {
    const { operation, request, take } = traffic.next();
    return { operation, wrong: take(api.send(request)) };
  });
}

/** Numbers that look random and are the same in every run. */
function numbers(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe("the load's traffic", () => {
  it("has every operation, about as often as its share", () => {
    const calls = talk(new Traffic(numbers()), new Api(), 5_000);
    const share = (name: string) =>
      (calls.filter(({ operation }) => operation === name).length / calls.length) * 100;

    expect(Object.values(mix).reduce((sum, percent) => sum + percent, 0)).toBe(100);
    for (const name of ["read", "list", "retry"] as const)
      expect(Math.abs(share(name) - mix[name])).toBeLessThan(2);
    for (const name of ["create", "authorize", "capture", "refund", "cancel"])
      expect(share(name)).toBeGreaterThan(1);
  });

  it("changes no payment twice at once: each POST has its own key but for retries", () => {
    const api = new Api();
    const calls = talk(new Traffic(numbers()), api, 2_000);
    const posts = api.requests.filter(({ method }) => method === "POST");
    const retries = calls.filter(({ operation }) => operation === "retry").length;

    expect(retries).toBeGreaterThan(0);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(posts.length - retries);
    expect(calls.filter(({ wrong }) => wrong !== undefined)).toEqual([]);
  });

  it("reports a retry that got another response", () => {
    const api = new Api();
    api.changesReplays = true;
    const calls = talk(new Traffic(numbers()), api, 500);

    expect(new Set(calls.map(({ wrong }) => wrong))).toContain("a retry got another response");
  });
});

describe("percentiles", () => {
  it("are values of the sample, by the nearest rank, in any order", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);

    expect(percentiles(values)).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(percentiles([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
    expect(percentiles([])).toEqual({ p50: 0, p95: 0, p99: 0 });
  });
});

describe("measurements", () => {
  it("count by operation, errors by status", () => {
    const measured = new Measurements();
    measured.add({ operation: "read", latency: 5, waited: 1 }, { status: 200 }, undefined);
    measured.add({ operation: "read", latency: 9, waited: 0 }, { status: 503 }, undefined);
    measured.add({ operation: "create", latency: 7, waited: 0 }, { status: "timeout" }, "odd");

    expect(measured.result(2)).toMatchObject({
      requests: 3,
      throughput: 1.5,
      operations: [
        { operation: "create", requests: 1, errors: 1, p50: 7 },
        { operation: "read", requests: 2, errors: 1, p50: 5, p99: 9 },
        { operation: "all", requests: 3, errors: 2, p50: 7 },
      ],
      errors: { "503 to read": 1, "timeout to create": 1 },
      wrong: { odd: 1 },
    });
  });
});

describe("a drive", () => {
  const response: ApiResponse = { status: 200, body: {}, replayed: false };

  it("keeps to rate and time", async () => {
    const { requests, seconds } = await drive({
      rate: 100,
      seconds: 0.5,
      connections: 4,
      send: () => Promise.resolve(response),
      traffic: new Traffic(),
      signal: new AbortController().signal,
      onRequest: () => undefined,
    });

    expect(requests).toBeLessThanOrEqual(50);
    expect(requests).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(2);
  });

  it("has no more concurrent requests than connections, and measures how long others waited", async () => {
    let underWay = 0;
    let most = 0;
    const result = await drive({
      rate: 1_000,
      seconds: 0.3,
      connections: 2,
      send: async () => {
        most = Math.max(most, ++underWay);
        await sleep(40);
        underWay -= 1;
        return response;
      },
      traffic: new Traffic(),
      signal: new AbortController().signal,
      onRequest: () => undefined,
    });

    expect(most).toBe(2);
    expect(result.requests).toBeLessThan(20);
    expect(result.waiting.p99).toBeGreaterThan(100);
  });

  it("ends when it is aborted", async () => {
    const controller = new AbortController();
    const { requests } = await drive({
      rate: 100,
      seconds: 60,
      connections: 1,
      send: () => Promise.resolve(response),
      traffic: new Traffic(),
      signal: controller.signal,
      onRequest: (measured) => {
        if (measured.requests === 3) controller.abort();
      },
    });

    expect(requests).toBe(3);
  });
});
