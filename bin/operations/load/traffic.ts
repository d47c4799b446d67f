import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { ApiRequest, ApiResponse } from "./api";

/** The share of each operation, in percent. One that no payment is ready for becomes a create. */
export const mix = {
  create: 26,
  authorize: 20,
  capture: 14,
  refund: 7,
  cancel: 3,
  read: 20,
  list: 5,
  /** A request that succeeded is sent again under its key. */
  retry: 5,
} as const;

/** What a request of the load does. */
export type LoadOperation = keyof typeof mix;

/** A request, and what to do with its response. */
export interface Call {
  readonly operation: LoadOperation;
  readonly request: ApiRequest;
  /** Processes the response; returns what is wrong with it, if anything. */
  readonly take: (response: ApiResponse) => string | undefined;
}

const paymentSchema = z.object({
  transactionId: z.string(),
  amount: z.int(),
  status: z.string(),
});
type LoadPayment = z.infer<typeof paymentSchema>;

/** A POST that succeeded. */
interface Succeeded {
  readonly request: ApiRequest;
  readonly response: ApiResponse;
}

/** The most payments and requests that are remembered, to read and to retry. */
const memory = 1_000;
const users = 200;
const currencies = ["EUR", "USD", "JPY"] as const;

/** The traffic of a payments platform: payments are created, changed, read, and sometimes retried. */
export class Traffic {
  /** Payments by status; one is taken out while a request changes it. */
  private readonly ready = new Map<string, LoadPayment[]>();
  private readonly known: string[] = [];
  private readonly succeeded: Succeeded[] = [];

  /** @param random a number from 0 up to, but not, 1. */
  constructor(private readonly random: () => number = Math.random) {}

  /** The next request. */
  next(): Call {
    switch (this.draw()) {
      case "authorize":
        return this.move("authorize", "PENDING", () => ({
          outcome: this.random() < 0.05 ? "DECLINED" : "APPROVED",
        }));
      case "capture":
        return this.move("capture", "AUTHORIZED", (payment) => this.part(payment));
      case "refund":
        return this.move("refund", "CAPTURED", () =>
          this.random() < 0.5 ? { amount: 1 } : { all: true },
        );
      case "cancel":
        return this.move("cancel", this.random() < 0.5 ? "PENDING" : "AUTHORIZED", () => ({}));
      case "read":
        return this.read();
      case "list":
        return {
          operation: "list",
          request: { method: "GET", path: `/payment?userId=${this.user()}` },
          take: () => undefined,
        };
      case "retry":
        return this.retry();
      case "create":
        return this.create();
    }
  }

  private draw(): LoadOperation {
    let left = this.random() * 100;
    for (const operation of loadOperations) {
      left -= mix[operation];
      if (left < 0) return operation;
    }
    return "create";
  }

  private create(): Call {
    const body = {
      userId: this.user(),
      amount: 2 + Math.floor(this.random() * 99_998),
      currency: this.pick(currencies) ?? "EUR",
      description: "Load",
    };
    return this.write("create", { method: "POST", path: "/payment", body, key: randomUUID() });
  }

  private move(
    operation: "authorize" | "capture" | "refund" | "cancel",
    from: string,
    body: (payment: LoadPayment) => unknown,
  ): Call {
    const payment = this.ready.get(from)?.shift();
    if (payment === undefined) return this.create();
    const path = `/payment/${payment.transactionId}/${operation}`;
    return this.write(operation, { method: "POST", path, body: body(payment), key: randomUUID() });
  }

  private write(operation: LoadOperation, request: ApiRequest): Call {
    return {
      operation,
      request,
      take: (response) => {
        const { data: payment } = paymentSchema.safeParse(response.body);
        // its outcome is not known: the reconciliation compares it
        if (!isSuccess(response) || payment === undefined) return undefined;
        const others = this.ready.get(payment.status) ?? [];
        this.ready.set(payment.status, remember(others, payment));
        remember(this.known, payment.transactionId);
        remember(this.succeeded, { request, response });
        return undefined;
      },
    };
  }

  private read(): Call {
    const id = this.pick(this.known);
    if (id === undefined) return this.create();
    return {
      operation: "read",
      request: { method: "GET", path: `/payment/${id}` },
      take: () => undefined,
    };
  }

  private retry(): Call {
    const first = this.pick(this.succeeded);
    if (first === undefined) return this.create();
    return {
      operation: "retry",
      request: first.request,
      take: (response) => {
        if (!isSuccess(response)) return undefined;
        if (!response.replayed) return "a retry was not marked as one";
        const isSame =
          response.status === first.response.status &&
          isDeepStrictEqual(response.body, first.response.body);
        return isSame ? undefined : "a retry got another response";
      },
    };
  }

  private part({ amount }: LoadPayment): unknown {
    return this.random() < 0.2 ? { amount: Math.floor(amount / 2) } : { all: true };
  }

  private user(): string {
    return `load-user-${String(Math.floor(this.random() * users))}`;
  }

  private pick<T>(values: readonly T[]): T | undefined {
    return values[Math.floor(this.random() * values.length)];
  }
}

const loadOperations = [
  "create",
  "authorize",
  "capture",
  "refund",
  "cancel",
  "read",
  "list",
  "retry",
] as const satisfies readonly LoadOperation[];

function isSuccess({ status }: ApiResponse): boolean {
  return typeof status === "number" && status < 300;
}

function remember<T>(values: T[], value: T): T[] {
  values.push(value);
  if (values.length > memory) values.shift();
  return values;
}
