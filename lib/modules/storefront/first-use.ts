import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { FirstUseReport, UsableStack } from "../../foundation/first-use";
import { signInNewUser } from "../../foundation/pool-user";
import { adminGroup } from "../../lambda/storefront/api/user";
import { catalogue } from "./catalogue";

const outputsSchema = z.object({
  ApiGatewayUrl: z.string("the program has no output ApiGatewayUrl"),
  apiEndpoint: z.string(),
  UserPoolId: z.string().optional(),
  UserPoolClientId: z.string().optional(),
});

const productSchema = z.looseObject({ productId: z.string(), price: z.number() });
const pageSchema = z.object({ data: z.array(productSchema).min(2) });
const orderSchema = z.looseObject({
  orderId: z.string(),
  status: z.string(),
  total: z.number(),
  currency: z.string(),
});
const payingSchema = z.looseObject({ paymentId: z.string() });

/** A user of the shop: the start of a curl line in the user's name, and requests in it. */
interface ShopUser {
  readonly curl: string;
  /** Sets the shell's variable that the curl line has, where it has one. */
  readonly signIn: readonly string[];
  readonly send: UsableStack["send"];
}

/**
 * Fills a small catalogue as an administrator, and orders and pays two products of it as a customer: browsed without
 * a sign-in, paid through the payments API, captured as a processor's side does it, and heard of by the stream.
 *
 * @throws if a response is not as expected, or the order is not paid in time.
 */
export async function placeFirstOrder(stack: UsableStack): Promise<FirstUseReport> {
  const { ApiGatewayUrl: shop, apiEndpoint, ...pool } = outputsSchema.parse(stack.outputs);
  const [admin, customer] = await Promise.all([
    signedIn(stack, pool, "admin@shop.example", adminGroup),
    signedIn(stack, pool, "customer@shop.example"),
  ]);
  const fill = async () => {
    for (const body of catalogue) await admin.send("POST", `${shop}/products`, keyed(body));
  };
  // the customer looks for orders meanwhile, so that the function that serves them starts
  await Promise.all([customer.send("GET", `${shop}/orders`), fill()]);
  const browse = `${shop}/products?category=coffee`;
  const { data } = pageSchema.parse(await anonymous(stack, pool).send("GET", browse));
  const items = data.map(({ productId, price }) => ({ productId, quantity: 1, price }));
  const placed = orderSchema.parse(await customer.send("POST", `${shop}/orders`, keyed({ items })));
  const url = `${shop}/orders/${placed.orderId}`;
  const { paymentId } = payingSchema.parse(await customer.send("POST", `${url}/pay`, keyed()));

  const payment = `${apiEndpoint}/payment/${paymentId}`;
  await stack.send("POST", `${payment}/authorize`, keyed({ outcome: "APPROVED" }));
  await stack.send("POST", `${payment}/capture`, keyed({ all: true }));
  const order = await stack.waitFor("The order's payment", async () => {
    const now = orderSchema.parse(await customer.send("GET", url));
    return now.status === "PAID" ? now : undefined;
  });

  return {
    summary: `First order: ${order.orderId}, ${String(order.total)} ${order.currency} in minor units, of ${String(catalogue.length)} products: placed, paid as ${paymentId}, and shown as ${order.status}.`,
    endpoints: { Storefront: shop },
    next: {
      title: "Browse, order, pay, have the payment captured, and see what is stored of the user:",
      commands: [
        ...customer.signIn,
        `field() { node -pe "JSON.parse(require('fs').readFileSync(0)).$1"; }`,
        `${anonymous(stack, pool).curl} '${browse}'`,
        `ORDER=$(${customer.curl} ${posted({ items })} ${shop}/orders | field orderId)`,
        `PAYMENT=$(${customer.curl} ${posted({})} ${shop}/orders/$ORDER/pay | field paymentId)`,
        `${stack.shell.curl} ${posted({ outcome: "APPROVED" })} ${apiEndpoint}/payment/$PAYMENT/authorize`,
        `${stack.shell.curl} ${posted({ all: true })} ${apiEndpoint}/payment/$PAYMENT/capture`,
        `${customer.curl} ${shop}/orders/$ORDER`,
        `${customer.curl} ${shop}/users/me/export`,
      ],
    },
    values: { order },
  };
}

/** A curl line's body, under an idempotency key of its own. */
function posted(body: object): string {
  return `-H 'content-type: application/json' -H "idempotency-key: $RANDOM-$RANDOM" -d '${JSON.stringify(body)}'`;
}

/** A body, if any, under an idempotency key of its own. */
function keyed(body: object = {}) {
  return { body, headers: { "idempotency-key": randomUUID() } };
}

type Pool = Pick<z.infer<typeof outputsSchema>, "UserPoolId" | "UserPoolClientId">;

/** Makes a user of the pool and signs in; where there is none, the caller with IAM credentials is everybody. */
async function signedIn(
  stack: UsableStack,
  { UserPoolId, UserPoolClientId }: Pool,
  email: string,
  group?: string,
): Promise<ShopUser> {
  if (UserPoolId === undefined || UserPoolClientId === undefined)
    return { curl: stack.shell.curl, signIn: [], send: stack.send };
  const idToken = await signInNewUser(
    stack.callAws,
    { poolId: UserPoolId, clientId: UserPoolClientId },
    { email, ...(group !== undefined && { group }) },
  );
  return {
    curl: `curl -s -H "authorization: $TOKEN"`,
    signIn: [`TOKEN='${idToken}'`],
    send: (method, url, { headers, ...options } = {}) =>
      stack.send(method, url, {
        ...options,
        headers: { ...headers, authorization: idToken },
        authorization: "none",
      }),
  };
}

/** Somebody who has not signed in; where there is no pool, services sign what they browse too. */
function anonymous(stack: UsableStack, { UserPoolId }: Pool): Omit<ShopUser, "signIn"> {
  if (UserPoolId === undefined) return { curl: stack.shell.curl, send: stack.send };
  return {
    curl: "curl -s",
    send: (method, url, options) => stack.send(method, url, { ...options, authorization: "none" }),
  };
}
