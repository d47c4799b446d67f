import * as z from "zod/mini";
import { createApp } from "../../../../lib/lambda/http/app";
import type { Authorization } from "../../../../lib/lambda/http/caller";
import type { Endpoint } from "../../../../lib/lambda/http/router";
import { problem as problemSchema } from "../../../../lib/lambda/storefront/api/schemas";
import { storefrontService } from "../../../../lib/lambda/storefront/api/service";
import { event } from "../harness";
import type { ApiResult, Options } from "../harness";

/** The gateway's request context of a user with a token of the pool. */
export function signedIn(sub: string, claims: Readonly<Record<string, unknown>> = {}) {
  const iss = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool";
  return { authorizer: { claims: { iss, sub, token_use: "id", ...claims } } };
}

/** A customer. */
export const customer = signedIn("customer-1", {
  email: "Anna@shop.example",
  email_verified: "true",
});

/** Another customer. */
export const otherCustomer = signedIn("customer-2");

/** An administrator. */
export const admin = signedIn("admin-1", { "cognito:groups": "admins" });

/** Nobody that the gateway has authorized. */
export const anonymous = { identity: { sourceIp: "192.0.2.1" } };

const record = z.record(z.string(), z.unknown());

/** Endpoints of the storefront as an app, with its log. */
export class StorefrontHarness {
  /** Everything that was logged. */
  readonly log: { level: "debug" | "info" | "error"; message: unknown; extra: unknown }[] = [];
  private keys = 0;
  private readonly app;

  constructor(endpoints: readonly Endpoint[], authorization: Authorization = "COGNITO_USER_POOLS") {
    const log =
      (level: "debug" | "info" | "error") =>
      (message: unknown, ...[extra]: unknown[]) => {
        this.log.push({ level, message, extra });
      };
    this.app = createApp({
      service: storefrontService,
      endpoints,
      logger: { debug: log("debug"), info: log("info"), error: log("error") },
      allowedOrigins: ["https://shop.example"],
      authorization,
    });
  }

  /** By default of a customer. */
  get(path: string, options: Options = {}): Promise<ApiResult> {
    return this.send("GET", path, options);
  }

  /** By default of a customer, with a new key. */
  post(path: string, options: Options = {}): Promise<ApiResult> {
    return this.send("POST", path, { key: `key-${String(++this.keys)}`, ...options });
  }

  private async send(method: string, path: string, options: Options): Promise<ApiResult> {
    const { statusCode, headers, body } = await this.app(
      event(method, path, { context: customer, ...options }),
    );
    return {
      status: statusCode,
      headers: { ...headers },
      text: body,
      body: record.parse(JSON.parse(body)),
    };
  }
}

/** The contents of a problem document; fails where the response is none. */
export function problemOf({ status, headers, body }: ApiResult) {
  expect(headers["Content-Type"]).toBe("application/problem+json");
  const { type, errors, ...rest } = problemSchema.parse(body);
  expect(rest.status).toBe(status);
  return {
    ...rest,
    kind: type.replace("urn:storefront:problem:", ""),
    fields: Object.fromEntries((errors ?? []).map(({ field, message }) => [field, message])),
  };
}
