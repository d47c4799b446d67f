import type { Model, Route } from "../../http/route";
import { nothing } from "../../http/schemas";
import type { PaymentProblem } from "./problem";
import * as schemas from "./schemas";

/** A route of the payments API; every POST is idempotent. */
type Definition<Path, Query, Body, Value, Method extends "GET" | "POST"> = Omit<
  Route<Path, Query, Body, Value, Method, PaymentProblem>,
  "isIdempotent"
> & {
  /** Apart, so that an outage of the database does not affect payments. */
  readonly function: "payment" | "accounts";
};

/** Lets the compiler infer the types of a route from its schemas. */
const route = <Path, Query, Body, Value, Method extends "GET" | "POST">(
  definition: Definition<Path, Query, Body, Value, Method>,
) => ({ ...definition, isIdempotent: definition.method === "POST" });

const none = { name: "Nothing", schema: nothing };
const payment = { name: "Payment", schema: schemas.payment };
const amountToMove = { name: "AmountToMove", schema: schemas.amountToMove };

/** Kinds of problems of every POST. */
const writeProblems = [
  "unsupported-media-type",
  "idempotency-mismatch",
  "request-in-progress",
] as const satisfies PaymentProblem[];

/** A POST that changes a payment's status. */
const action = <Body>(
  verb: string,
  summary: string,
  body: Model<Body>,
  problems: readonly PaymentProblem[] = [],
) =>
  route({
    method: "POST",
    function: "payment",
    path: `/payment/{id}/${verb}`,
    summary,
    parameters: schemas.paymentPath,
    query: nothing,
    body,
    response: { ...payment, status: 200 },
    problems: [...writeProblems, "payment-not-found", "wrong-status", ...problems],
  });

/** Every operation of the API by its name. */
export const routes = {
  createPayment: route({
    method: "POST",
    function: "payment",
    path: "/payment",
    summary: "Creates a payment.",
    parameters: nothing,
    query: nothing,
    body: { name: "NewPayment", schema: schemas.newPayment },
    response: { ...payment, status: 201 },
    problems: writeProblems,
  }),
  getPayment: route({
    method: "GET",
    function: "payment",
    path: "/payment/{id}",
    summary: "The payment as it is now.",
    parameters: schemas.paymentPath,
    query: nothing,
    body: none,
    response: { ...payment, status: 200 },
    problems: ["payment-not-found"],
  }),
  listPayments: route({
    method: "GET",
    function: "payment",
    path: "/payment",
    summary: "The payments of a user or in a status, newest first.",
    parameters: nothing,
    query: schemas.paymentQuery,
    body: none,
    response: { name: "PaymentPage", schema: schemas.paymentPage, status: 200 },
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
  cancelPayment: action("cancel", "Cancels a payment that was not captured.", none),
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
    summary: "An account's balances in the ledger; none for an account that was never used.",
    parameters: schemas.accountPath,
    query: nothing,
    body: none,
    response: { name: "Balance", schema: schemas.balance, status: 200 },
    problems: ["unavailable"],
  }),
  payOut: route({
    method: "POST",
    function: "accounts",
    path: "/payout",
    summary:
      "Pays out what is owed to the merchants in a currency, all or a part. Its key never expires.",
    parameters: nothing,
    query: nothing,
    body: { name: "NewPayout", schema: schemas.newPayout },
    response: { name: "Payout", schema: schemas.payout, status: 201 },
    problems: ["unsupported-media-type", "idempotency-mismatch", "amount-exceeded", "unavailable"],
  }),
  getHealth: route({
    method: "GET",
    function: "accounts",
    path: "/health",
    summary: "Whether the table and the database respond.",
    parameters: nothing,
    query: nothing,
    body: none,
    response: { name: "Health", schema: schemas.health, status: 200 },
    problems: ["unavailable"],
  }),
};

/** The name of an operation. */
export type Operation = keyof typeof routes;
