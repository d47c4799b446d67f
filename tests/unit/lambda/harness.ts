import * as z from "zod/mini";
import { problem as problemSchema } from "../../../lib/lambda/payments/api/schemas";
import type { Queryable } from "../../../lib/lambda/database/connection";
import { paymentsService } from "../../../lib/lambda/payments/api/service";
import { accountsEndpoints } from "../../../lib/lambda/payments/accounts/endpoints";
import { createApp } from "../../../lib/lambda/http/app";
import type { Authorization } from "../../../lib/lambda/http/caller";
import type { ApiEvent } from "../../../lib/lambda/http/event";
import { paymentEndpoints } from "../../../lib/lambda/payments/payment/endpoints";
import { MemoryStore } from "./payments/memory-store";

/** The parts of a response that the tests look at. */
export interface ApiResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, boolean | number | string>>;
  /** As it was sent. */
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** What a request may have beside method and path. */
export interface Options {
  readonly body?: unknown;
  readonly rawBody?: string | null;
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string[] | undefined>;
  readonly base64?: boolean;
  /** What the gateway knows of the caller; by default a role's session. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A payment to be made. */
export const newPayment = {
  userId: "user-1",
  amount: 1000,
  currency: "EUR",
  description: "Two coffees",
  metadata: { order: "1001" },
};

/** Bodies that apply each action to the whole amount. */
export const wholeBodies = {
  authorize: { outcome: "APPROVED" },
  capture: { all: true },
  cancel: undefined,
  refund: { all: true },
} as const;

/** The name of an action. */
export type Action = keyof typeof wholeBodies;

const record = z.record(z.string(), z.unknown());

/** The whole API as one app over a store in memory, with its log. */
export class Harness {
  readonly store = new MemoryStore(() => this.time);
  /** Everything that was logged. */
  readonly log: { level: "debug" | "info" | "error"; message: unknown; extra: unknown }[] = [];
  time = 1_700_000_000_000;
  /** The result of a query to the database. */
  query: (text: string, values?: unknown[]) => unknown[] = () => [];
  /** The result of the health check of the table. */
  checkTable: () => Promise<unknown> = () => Promise.resolve();
  private ids = 0;
  private keys = 0;
  private readonly app;

  constructor(
    allowedOrigins: readonly string[] = ["https://shop.example"],
    authorization: Authorization = "AWS_IAM",
  ) {
    const log =
      (level: "debug" | "info" | "error") =>
      (message: unknown, ...[extra]: unknown[]) => {
        this.log.push({ level, message, extra });
      };
    const client: Queryable = {
      query: async (text, values) => {
        const rows = await Promise.resolve(this.query(text, values));
        return { rows: rows as never[], rowCount: rows.length, command: "", oid: 0, fields: [] };
      },
    };
    this.app = createApp({
      service: paymentsService,
      endpoints: [
        ...paymentEndpoints({
          store: this.store,
          now: () => this.time++,
          newId: () => `pay_${(++this.ids).toString(16).padStart(32, "0")}`,
        }),
        ...accountsEndpoints({
          withDatabase: (work) => work(client),
          checkTable: () => this.checkTable(),
        }),
      ],
      logger: { debug: log("debug"), info: log("info"), error: log("error") },
      allowedOrigins,
      authorization,
    });
  }

  async send(event: unknown): Promise<ApiResult> {
    const { statusCode, headers = {}, body } = await this.app(event);
    return { status: statusCode, headers, text: body, body: record.parse(JSON.parse(body)) };
  }

  get(path: string, query?: Options["query"], headers = {}): Promise<ApiResult> {
    return this.send(event("GET", path, { headers, ...(query !== undefined && { query }) }));
  }

  post(path: string, options: Options = {}): Promise<ApiResult> {
    return this.send(event("POST", path, { key: `key-${String(++this.keys)}`, ...options }));
  }

  /** Applies an action to a payment, to the whole amount by default. */
  act(id: string, action: Action, options: Options = {}): Promise<ApiResult> {
    return this.post(`/payment/${id}/${action}`, { body: wholeBodies[action], ...options });
  }

  /** The id of a new payment, brought to a status by actions. */
  async payment(...actions: Action[]): Promise<string> {
    const { body } = await this.post("/payment", { body: newPayment });
    const id = String(body["transactionId"]);
    for (const action of actions) await this.act(id, action);
    return id;
  }
}

/** The ARN of a role's session. */
export const shop = "arn:aws:sts::123456789012:assumed-role/shop/session-1";

/** The gateway's request context of a caller that signed its request. */
export function calledBy(userArn: string) {
  return { identity: { userArn, apiKeyId: null, cognitoIdentityId: null } };
}

/** A request as API Gateway passes it. */
export function event(httpMethod: string, path: string, options: Options = {}): ApiEvent {
  const text =
    options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
  return {
    httpMethod,
    path,
    headers: {
      ...(text !== null && { "Content-Type": "application/json" }),
      ...(options.key !== undefined && { "idempotency-Key": options.key }),
      ...options.headers,
    },
    multiValueQueryStringParameters: options.query ?? null,
    body: text !== null && options.base64 === true ? Buffer.from(text).toString("base64") : text,
    isBase64Encoded: options.base64 ?? false,
    requestContext: { requestId: "request-1", ...(options.context ?? calledBy(shop)) },
  };
}

/** The contents of a problem document; fails where the response is none. */
export function problemOf({ status, headers, body }: ApiResult) {
  expect(headers["Content-Type"]).toBe("application/problem+json");
  const problem = problemSchema.parse(body);
  expect(problem.status).toBe(status);
  expect(problem.requestId).toBe("request-1");
  return {
    status,
    kind: problem.type.replace("urn:payments:problem:", ""),
    fields: Object.fromEntries(
      (problem.errors ?? []).map(({ field, message }) => [field, message] as const),
    ),
    currentStatus: problem.currentStatus,
    detail: problem.detail,
  };
}
