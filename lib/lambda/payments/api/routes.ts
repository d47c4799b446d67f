import type * as z from "zod/mini";
import type { ProblemKind } from "./problem";
import * as schemas from "./schemas";

/** A schema whose checked value is `T`. */
type Schema<T> = z.ZodMiniType<T>;

/** One operation of the API. The gateway, the router, validation and `docs/openapi.json` follow it. */
export interface Route<
  Path = unknown,
  Query = unknown,
  Body = unknown,
  Answer = unknown,
  Method extends "GET" | "POST" = "GET" | "POST",
> {
  readonly method: Method;
  /** The function that answers it: what needs the database must not keep payments waiting. */
  readonly function: "payment" | "accounts";
  /** With parameters in braces: `/payment/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Parameters of the path. */
  readonly parameters: Schema<Path>;
  readonly query: Schema<Query>;
  /** The body; of a GET, nothing. */
  readonly body: Model<Body>;
  readonly answer: Model<Answer> & { readonly status: 200 | 201 };
  /** What may go wrong beside what may with every route. */
  readonly problems: readonly ProblemKind[];
}

/** A schema under the name that the gateway and the document give it. */
export interface Model<T> {
  /** Alphanumeric, unique. */
  readonly name: string;
  readonly schema: Schema<T>;
}

/** Lets the compiler tell the types of a route from its schemas. */
const route = <Path, Query, Body, Answer, Method extends "GET" | "POST">(
  definition: Route<Path, Query, Body, Answer, Method>,
) => definition;

const none = { name: "Nothing", schema: schemas.nothing };
const payment = { name: "Payment", schema: schemas.payment };
const amountToMove = { name: "AmountToMove", schema: schemas.amountToMove };

/** What may go wrong with every POST. */
const writeProblems = [
  "unsupported-media-type",
  "idempotency-mismatch",
  "request-in-progress",
] as const satisfies ProblemKind[];

/** A POST that moves a payment on. */
const action = <Body>(
  verb: string,
  summary: string,
  body: Model<Body>,
  problems: readonly ProblemKind[] = [],
) =>
  route({
    method: "POST",
    function: "payment",
    path: `/payment/{id}/${verb}`,
    summary,
    parameters: schemas.paymentPath,
    query: schemas.nothing,
    body,
    answer: { ...payment, status: 200 },
    problems: [...writeProblems, "payment-not-found", "wrong-status", ...problems],
  });

/** Every operation of the API by its name. */
export const routes = {
  createPayment: route({
    method: "POST",
    function: "payment",
    path: "/payment",
    summary: "Makes a payment.",
    parameters: schemas.nothing,
    query: schemas.nothing,
    body: { name: "NewPayment", schema: schemas.newPayment },
    answer: { ...payment, status: 201 },
    problems: writeProblems,
  }),
  getPayment: route({
    method: "GET",
    function: "payment",
    path: "/payment/{id}",
    summary: "The payment as it is now.",
    parameters: schemas.paymentPath,
    query: schemas.nothing,
    body: none,
    answer: { ...payment, status: 200 },
    problems: ["payment-not-found"],
  }),
  listPayments: route({
    method: "GET",
    function: "payment",
    path: "/payment",
    summary: "The payments of a user or in a status, newest first.",
    parameters: schemas.nothing,
    query: schemas.paymentQuery,
    body: none,
    answer: { name: "PaymentPage", schema: schemas.paymentPage, status: 200 },
    problems: [],
  }),
  authorizePayment: action("authorize", "Records how the authorization ended.", {
    name: "Authorization",
    schema: schemas.authorization,
  }),
  capturePayment: action(
    "capture",
    "Captures all that was authorized, or once a part; the rest is released.",
    amountToMove,
    ["amount-exceeded"],
  ),
  cancelPayment: action("cancel", "Gives up a payment that was not captured.", none),
  refundPayment: action(
    "refund",
    "Refunds what was captured, all that is left or a part.",
    amountToMove,
    ["amount-exceeded"],
  ),
  getBalance: route({
    method: "GET",
    function: "accounts",
    path: "/balance/{account}",
    summary: "What the ledger says of an account; nothing for one that was never used.",
    parameters: schemas.accountPath,
    query: schemas.nothing,
    body: none,
    answer: { name: "Balance", schema: schemas.balance, status: 200 },
    problems: ["unavailable"],
  }),
  payOut: route({
    method: "POST",
    function: "accounts",
    path: "/payout",
    summary:
      "Pays out what is owed to the merchants in a currency, all or a part. Its key never expires.",
    parameters: schemas.nothing,
    query: schemas.nothing,
    body: { name: "NewPayout", schema: schemas.newPayout },
    answer: { name: "Payout", schema: schemas.payout, status: 201 },
    problems: ["unsupported-media-type", "idempotency-mismatch", "amount-exceeded", "unavailable"],
  }),
  getHealth: route({
    method: "GET",
    function: "accounts",
    path: "/health",
    summary: "Whether the table and the database answer.",
    parameters: schemas.nothing,
    query: schemas.nothing,
    body: none,
    answer: { name: "Health", schema: schemas.health, status: 200 },
    problems: ["unavailable"],
  }),
};

/** The name of an operation. */
export type Operation = keyof typeof routes;
