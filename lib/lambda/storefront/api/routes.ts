import type { Model, Route } from "../../http/route";
import { nothing } from "../../http/schemas";
import type { StorefrontProblem } from "./problem";
import * as schemas from "./schemas";

/** A route of the storefront's API. */
type Definition<Path, Query, Body, Value, Method extends "GET" | "POST"> = Route<
  Path,
  Query,
  Body,
  Value,
  Method,
  StorefrontProblem
> & { readonly function: "products" | "orders" | "users" };

/** Lets the compiler infer the types of a route from its schemas. */
const route = <Path, Query, Body, Value, Method extends "GET" | "POST">(
  definition: Definition<Path, Query, Body, Value, Method>,
) => definition;

const none = { name: "Nothing", schema: nothing };
const product = { name: "Product", schema: schemas.product };
const productPage = { name: "ProductPage", schema: schemas.productPage };
const order = { name: "Order", schema: schemas.order };
const profile = { name: "Profile", schema: schemas.profile };

/** Kinds of problems of every POST with a key. */
const writeProblems = [
  "unsupported-media-type",
  "idempotency-mismatch",
  "request-in-progress",
] as const satisfies StorefrontProblem[];

/** What is the same for all reads. */
const read = { method: "GET", isIdempotent: false, body: none } as const;
/** What is the same for all writes with a key. */
const write = { method: "POST", isIdempotent: true, query: nothing } as const;

/** A POST that changes an order's status. */
const orderAction = (verb: string, summary: string, problems: readonly StorefrontProblem[]) =>
  route({
    ...write,
    function: "orders",
    path: `/orders/{id}/${verb}`,
    summary,
    parameters: schemas.orderPath,
    body: none,
    response: { ...order, status: 200 },
    problems: [...writeProblems, "order-not-found", "wrong-status", ...problems],
  });

/** A POST that changes a product. */
const productAction = <Body>(
  path: string,
  summary: string,
  body: Model<Body>,
  problem: StorefrontProblem,
) =>
  route({
    ...write,
    function: "products",
    path,
    summary,
    parameters: schemas.productPath,
    body,
    response: { ...product, status: 200 },
    problems: [...writeProblems, "forbidden", "product-not-found", problem],
  });

/** Every operation of the API by its name. */
export const routes = {
  browseProducts: route({
    ...read,
    function: "products",
    authorization: "NONE",
    path: "/products",
    summary: "The products of a category that are for sale, by name.",
    parameters: nothing,
    query: schemas.productQuery,
    response: { ...productPage, status: 200 },
    problems: [],
  }),
  getProduct: route({
    ...read,
    function: "products",
    authorization: "NONE",
    path: "/products/{id}",
    summary: "A product that is for sale.",
    parameters: schemas.productPath,
    query: nothing,
    response: { ...product, status: 200 },
    problems: ["product-not-found"],
  }),
  createProduct: route({
    ...write,
    function: "products",
    path: "/products",
    summary: "Makes a product. For administrators.",
    parameters: nothing,
    body: { name: "NewProduct", schema: schemas.newProduct },
    response: { ...product, status: 201 },
    problems: [...writeProblems, "forbidden"],
  }),
  changeProduct: productAction(
    "/products/{id}",
    "Changes a product that nobody has changed since the given version. For administrators.",
    { name: "ProductChange", schema: schemas.productChange },
    "version-conflict",
  ),
  changeStock: productAction(
    "/products/{id}/stock",
    "Adds to the stock of a product or takes away from it. For administrators.",
    { name: "StockChange", schema: schemas.stockChange },
    "stock-too-low",
  ),
  listInventory: route({
    ...read,
    function: "products",
    path: "/inventory",
    summary: "All products of a category, for sale or not, by name. For administrators.",
    parameters: nothing,
    query: schemas.productQuery,
    response: { ...productPage, status: 200 },
    problems: ["forbidden"],
  }),
  getInventory: route({
    ...read,
    function: "products",
    path: "/inventory/{id}",
    summary: "A product, for sale or not. For administrators.",
    parameters: schemas.productPath,
    query: nothing,
    response: { ...product, status: 200 },
    problems: ["forbidden", "product-not-found"],
  }),
  placeOrder: route({
    ...write,
    function: "orders",
    path: "/orders",
    summary: "Places an order: takes its products from the stock, at the prices of now.",
    parameters: nothing,
    body: { name: "NewOrder", schema: schemas.newOrder },
    response: { ...order, status: 201 },
    problems: [
      ...writeProblems,
      "out-of-stock",
      "product-unavailable",
      "price-changed",
      "mixed-currencies",
      "total-exceeded",
    ],
  }),
  listOrders: route({
    ...read,
    function: "orders",
    path: "/orders",
    summary: "The user's orders, newest first.",
    parameters: nothing,
    query: schemas.orderQuery,
    response: { name: "OrderPage", schema: schemas.orderPage, status: 200 },
    problems: [],
  }),
  getOrder: route({
    ...read,
    function: "orders",
    path: "/orders/{id}",
    summary: "An order of the user's as it is now.",
    parameters: schemas.orderPath,
    query: nothing,
    response: { ...order, status: 200 },
    problems: ["order-not-found"],
  }),
  payOrder: orderAction("pay", "Asks for the order's payment, once whatever is repeated.", [
    "unavailable",
  ]),
  cancelOrder: orderAction("cancel", "Cancels an order that is not paid; its stock is back.", [
    "unavailable",
  ]),
  getMe: route({
    ...read,
    function: "users",
    path: "/users/me",
    summary: "What the shop knows of the user.",
    parameters: nothing,
    query: nothing,
    response: { ...profile, status: 200 },
    problems: [],
  }),
  setMe: route({
    method: "POST",
    isIdempotent: false, // by itself: and no copy of personal data is stored under a key
    function: "users",
    path: "/users/me",
    summary: "Replaces what the shop knows of the user.",
    parameters: nothing,
    query: nothing,
    body: { name: "NewProfile", schema: schemas.newProfile },
    response: { ...profile, status: 200 },
    problems: ["unsupported-media-type"],
  }),
  exportMe: route({
    ...read,
    function: "users",
    path: "/users/me/export",
    summary: "Everything that is stored of the user: the profile and, page by page, the orders.",
    parameters: nothing,
    query: schemas.orderQuery,
    response: { name: "UserExport", schema: schemas.userExport, status: 200 },
    problems: [],
  }),
  deleteMe: route({
    method: "POST",
    isIdempotent: false, // nothing is left to be deleted twice
    function: "users",
    path: "/users/me/delete",
    summary:
      "Deletes what the shop knows of the user, and the sign-in; orders stay, without a name.",
    parameters: nothing,
    query: nothing,
    body: { name: "Deletion", schema: schemas.deletion },
    response: { name: "Deleted", schema: schemas.deleted, status: 200 },
    problems: ["unsupported-media-type", "unavailable"],
  }),
  findUsers: route({
    ...read,
    function: "users",
    path: "/users",
    summary: "The user with an e-mail address. For administrators.",
    parameters: nothing,
    query: schemas.userQuery,
    response: { name: "UserPage", schema: schemas.userPage, status: 200 },
    problems: ["forbidden"],
  }),
};

/** The name of an operation. */
export type Operation = keyof typeof routes;
