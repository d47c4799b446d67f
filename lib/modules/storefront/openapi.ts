import { finalProblems, problemKinds } from "../../lambda/storefront/api/problem";
import { routes } from "../../lambda/storefront/api/routes";
import { problem } from "../../lambda/storefront/api/schemas";
import { idempotencyKey } from "../../lambda/values/schemas";
import { apiDocument } from "../api-document";

const productId = "item_0123456789abcdef0123456789abcdef";

/** A body that each operation accepts. */
const bodyExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createProduct: {
    name: "House blend, 500 g",
    category: "coffee",
    price: 890,
    currency: "EUR",
    stock: 40,
    published: true,
  },
  changeProduct: { version: 1, price: 990 },
  changeStock: { change: 12 },
  placeOrder: { items: [{ productId, quantity: 2, price: 890 }] },
  setMe: {
    name: "Anna Example",
    address: { line1: "1 Example Street", postalCode: "10115", city: "Berlin", country: "DE" },
  },
  deleteMe: { confirm: true },
};

/** What tools cannot tell by the names of parameters. */
const links = {
  getProduct: {
    order: {
      operationId: "placeOrder",
      requestBody: { items: [{ productId: "{$response.body#/productId}", quantity: 1 }] },
    },
  },
};

/** The storefront's API as an OpenAPI document. */
export function storefrontDocument() {
  return apiDocument({
    title: "Storefront",
    description:
      "Products, orders, and what the shop knows of its users. Amounts are integers of the currency's minor unit. " +
      "Callers send an id token of the user pool; where the stack is set to AWS_IAM, they sign every request " +
      "(AWS Signature Version 4) instead. Every POST with an Idempotency-Key is safe to repeat: for 24 hours its " +
      "final response is replayed. Final are a success and what the state of products and orders refuses; to try " +
      "again after such a refusal, take a new key. Every other problem leaves the key free.",
    routes,
    authorization: "COGNITO_USER_POOLS",
    problemKinds,
    finalProblems,
    problem,
    idempotencyKey: {
      schema: idempotencyKey,
      description:
        "Names the request for 24 hours, among those of the same user only. The same key with another request is " +
        "refused (422).",
      example: "basket-1001",
    },
    bodyExamples,
    links,
  });
}
