import { randomBytes, randomUUID } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import {
  apiResponse,
  aws,
  eventually,
  isLocal,
  newKey,
  outputs,
  persistently,
  post,
  text,
} from "./deployed";
import type { ApiResponse, RequestOptions } from "./deployed";

/** Why the storefront's users cannot be tested here; undefined where they can. */
function obstacle(): string | undefined {
  if (outputs["ApiGatewayUrl"] === undefined) return "the stack has no storefront";
  if (outputs["UserPoolClientId"] === undefined) return "its users sign in elsewhere";
  return isLocal || text("environment") !== "prod" ? undefined : "prod has real customers";
}

/** For tests that only read the storefront: skipped where the stack has none. */
export function describeStorefront(name: string, body: () => void): void {
  if (outputs["ApiGatewayUrl"] === undefined)
    describe.skip(`${name} (skipped: the stack has no storefront)`, body);
  else describe(name, body);
}

/** For tests with users and orders of their own: skipped, with the reason, where there can be none. */
export function describeShopping(name: string, body: () => void): void {
  const reason = obstacle();
  if (reason === undefined) describe(name, body);
  else describe.skip(`${name} (skipped: ${reason})`, body);
}

/** The client of user pools. */
export const cognito = new CognitoIdentityProviderClient({ region: text("region") });

/** A request to the storefront's API, by somebody who has not signed in unless a header says otherwise. */
export async function callShop(
  method: string,
  path: string,
  { body, rawBody, headers }: RequestOptions = {},
): Promise<ApiResponse> {
  const content = rawBody ?? (body === undefined ? null : JSON.stringify(body));
  const response = await fetch(`${text("ApiGatewayUrl")}${path}`, {
    method,
    body: content,
    headers: { ...(content !== null && { "content-type": "application/json" }), ...headers },
  });
  return apiResponse(response);
}

/** A pool to sign in at. */
export interface Pool {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** The tokens of somebody who has signed in. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
}

/** The stack's own pool. */
export const shopPool = (): Pool => ({
  userPoolId: text("UserPoolId"),
  clientId: text("UserPoolClientId"),
});

/** Makes a user of a pool, with an e-mail address that is verified; returns how the user signs in. */
export async function signUp(
  { userPoolId: UserPoolId, clientId: ClientId }: Pool,
  email: string,
  groups: readonly string[] = [],
): Promise<() => Promise<Tokens>> {
  const user = { UserPoolId, Username: email };
  const Password = `${randomBytes(24).toString("base64url")}aA1!`;
  await cognito.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
      ],
    }),
  );
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
  for (const GroupName of groups)
    await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
  return async () => {
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: Password },
      }),
    );
    const { IdToken: idToken = "", AccessToken: accessToken = "" } = AuthenticationResult ?? {};
    return { idToken, accessToken };
  };
}

const claimsSchema = z.looseObject({ sub: z.string() });

/** A user of the stack's pool who has signed in. */
export class ShopUser {
  private constructor(
    readonly email: string,
    readonly tokens: Tokens,
    /** Signs in once more. */
    readonly signIn: () => Promise<Tokens>,
  ) {}

  /** A new one; deleted after the tests of the file. */
  static async make(groups: readonly string[] = []): Promise<ShopUser> {
    const email = `test-${randomUUID()}@shop.example`;
    emails.push(email);
    const signIn = await signUp(shopPool(), email, groups);
    return new ShopUser(email, await signIn(), signIn);
  }

  /** The user's id: the token's `sub`. */
  get id(): string {
    const [, payload = ""] = this.tokens.idToken.split(".");
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString())).sub;
  }

  call(method: string, path: string, options: RequestOptions = {}): Promise<ApiResponse> {
    const headers = { authorization: this.tokens.idToken, ...options.headers };
    return callShop(method, path, { ...options, headers });
  }

  get(path: string): Promise<ApiResponse> {
    return persistently(() => this.call("GET", path));
  }

  /** By default with a key of its own. */
  post(path: string, body: unknown = {}, key: string = newKey()): Promise<ApiResponse> {
    return this.call("POST", path, { body, headers: { "idempotency-key": key } });
  }

  /** As a client that sends the same again while the failure may pass. */
  persist(path: string, body: unknown = {}, key: string = newKey()): Promise<ApiResponse> {
    return persistently(() => this.post(path, body, key));
  }
}

const emails: string[] = [];
afterAll(async () => {
  for (const Username of emails.splice(0))
    await cognito
      .send(new AdminDeleteUserCommand({ UserPoolId: text("UserPoolId"), Username }))
      .catch((error: unknown) => {
        // the test has deleted it
        if (!(error instanceof Error && error.name === "UserNotFoundException")) throw error;
      });
});

/** A new administrator. */
export const makeAdmin = (): Promise<ShopUser> => ShopUser.make(["admins"]);

/** What the tests read of an order. */
export const orderSchema = z.looseObject({
  orderId: z.string(),
  status: z.string(),
  version: z.int(),
  total: z.int(),
  paymentId: z.string().optional(),
  refundedAmount: z.int().optional(),
});

/** An order as its user sees it. */
export type ShopOrder = z.output<typeof orderSchema>;

const productSchema = z.looseObject({ productId: z.string(), stock: z.int(), version: z.int() });

/** A product that is for sale, but for what is given: 250 minor units of EUR, 10 in stock. */
export async function makeProduct(
  admin: ShopUser,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const product = { name: "House blend", category: "test", price: 250, currency: "EUR", stock: 10 };
  const made = await admin.persist("/products", { ...product, published: true, ...more });
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return productSchema.parse(made.body).productId;
}

/** A product's stock. */
export async function stockOf(admin: ShopUser, productId: string): Promise<number> {
  return productSchema.parse((await admin.get(`/inventory/${productId}`)).body).stock;
}

/** The order of a response that must be a success. */
export function orderIn({ status, body }: ApiResponse): ShopOrder {
  if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  return orderSchema.parse(body);
}

/** An order of so many of a product. */
export async function placeOrder(
  user: ShopUser,
  productId: string,
  quantity = 1,
): Promise<ShopOrder> {
  return orderIn(await user.persist("/orders", { items: [{ productId, quantity }] }));
}

/** An order whose payment is asked for. */
export async function payOrder(
  user: ShopUser,
  orderId: string,
): Promise<ShopOrder & { readonly paymentId: string }> {
  const { paymentId, ...order } = orderIn(await user.persist(`/orders/${orderId}/pay`));
  if (paymentId === undefined) throw new Error(`${orderId} has no payment`);
  return { ...order, paymentId };
}

/** What the processor's side does with a payment. */
export async function movePayment(
  paymentId: string,
  action: "authorize" | "capture" | "cancel" | "refund",
  body: object = {},
): Promise<ApiResponse> {
  return persistently(() =>
    post(`/payment/${paymentId}/${action}`, body, `${paymentId}-${action}`),
  );
}

/** The order, as soon as it satisfies. */
export function orderThat(
  user: ShopUser,
  orderId: string,
  satisfied: (order: ShopOrder) => boolean,
): Promise<ShopOrder> {
  return eventually(async () => orderIn(await user.get(`/orders/${orderId}`)), satisfied, 60_000);
}

/** Sets an order back by 13 hours, to when it should have been paid. */
export async function makeDue(orderId: string): Promise<void> {
  await aws.dynamoDb.send(
    new UpdateItemCommand({
      TableName: text("OrdersTableName"),
      Key: { orderId: { S: orderId } },
      UpdateExpression: "SET createdAt = createdAt - :back, expiresAt = expiresAt - :back",
      ExpressionAttributeValues: { ":back": { N: String(13 * 3_600_000) } },
    }),
  );
}
