import * as z from "zod/mini";
import {
  amount,
  text as anyText,
  currency,
  maxAmount,
  maxBodyBytes as maxBytesOf,
  nextCursor,
  page,
  problemDocument,
} from "../../values/schemas";
import { maxOrderItems, maxQuantity, orderStatuses } from "../domain/order";
import { maxStock } from "../domain/product";
import { problemStyle } from "./problem";

/** How long texts may be, in characters. */
const longest = { name: 200, description: 2000, addressLine: 200, postalCode: 20 };

/** Text that no page takes for HTML, even one that forgets to escape it. */
const text = (min: number, max: number) =>
  anyText(min, max).check(z.regex(/^(?!.*<[A-Za-z/!?])/s, "must not hold HTML"));

const id = (prefix: string, what: string) =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(`^${prefix}_[0-9a-f]{32}$`),
        `must be the id of ${what}: ${prefix}_ and 32 hexadecimal digits`,
      ),
    );

const productId = id("item", "a product");
const orderId = id("ord", "an order");

const name = text(1, longest.name);
const description = text(0, longest.description);
const category = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens"),
    z.describe("What customers browse by: `coffee`."),
  );
const published = z
  .boolean("must be true or false")
  .check(z.describe("Whether customers see it and may order it."));
const version = z
  .int("must be a whole number")
  .check(z.minimum(1), z.describe("One more with every change but those of stock."));
const time = z.int().check(z.minimum(0), z.describe("Epoch milliseconds."));
const stock = z
  .int("must be a whole number, 0 or more")
  .check(z.minimum(0), z.maximum(maxStock), z.describe("How many there are to be ordered."));

/** Which product. */
export const productPath = z.strictObject({ id: productId });

/** Which order. */
export const orderPath = z.strictObject({ id: orderId });

/** A product to be made. */
export const newProduct = z.strictObject({
  name,
  description: z.optional(description),
  category,
  price: amount,
  currency,
  stock,
  published,
});

/** What is to be changed of a product that the caller saw in a version. */
export const productChange = z
  .strictObject({
    version,
    name: z.optional(name),
    description: z.optional(description),
    category: z.optional(category),
    price: z.optional(amount),
    currency: z.optional(currency),
    published: z.optional(published),
  })
  .check(
    z.refine(
      (change) =>
        Object.entries(change).some(([key, value]) => key !== "version" && value !== undefined),
      { path: ["version"], error: "must not be alone: name what is to be changed" },
    ),
    z.meta({ minProperties: 2 }),
  );

/** How many more or, below zero, fewer there are of a product. */
export const stockChange = z.strictObject({
  change: z.int("must be a whole number in plain digits, without quotes").check(
    z.minimum(-maxStock),
    z.maximum(maxStock),
    z.refine((change) => change !== 0, "must not be 0"),
    z.meta({ not: { const: 0 }, description: "Added to the stock, which is never below zero." }),
  ),
});

/** A product, as it is stored and as callers see it. */
export const product = z.object({
  productId,
  name: z.string(),
  description: z.optional(z.string()),
  category: z.string(),
  price: amount,
  currency: z.string(),
  stock: z.int().check(z.minimum(0)),
  published: z.boolean(),
  version,
  createdAt: time,
  updatedAt: time,
});

/** Which products, and how many at once. */
export const productQuery = z.strictObject({
  category,
  name: z.optional(text(1, longest.name).check(z.describe("What the names begin with."))),
  ...page,
  // it holds a name, of up to 800 bytes
  cursor: z.optional(
    z.string().check(z.regex(/^[A-Za-z0-9._-]{1,1200}$/, "must be the nextCursor of an answer")),
  ),
});

/** What lists have of a product. */
export const productSummary = z.object({
  productId,
  name: z.string(),
  category: z.string(),
  price: amount,
  currency: z.string(),
  published: z.boolean(),
});

/** Products in the order of their names. */
export const productPage = z.object({ data: z.array(productSummary), nextCursor });

/** An order to be placed. */
export const newOrder = z.strictObject({
  items: z
    .array(
      z.strictObject({
        productId,
        quantity: z
          .int("must be a whole number, 1 or more")
          .check(z.minimum(1), z.maximum(maxQuantity)),
        price: z.optional(
          amount.check(z.describe("What the caller saw: another price refuses the order.")),
        ),
      }),
    )
    .check(
      z.minLength(1, "must have at least one entry"),
      z.maxLength(maxOrderItems, `must have at most ${String(maxOrderItems)} entries`),
    ),
});

const orderStatus = z.enum(orderStatuses);

/** An order, as it is stored and as its user sees it. */
export const order = z.object({
  orderId,
  userId: z.string(),
  createdAt: time,
  expiresAt: time.check(z.describe("When it expires unless it is paid, in epoch milliseconds.")),
  status: orderStatus,
  version: z.int().check(z.minimum(1), z.describe("One more with every change.")),
  items: z.array(
    z.object({
      productId,
      name: z.string(),
      quantity: z.int().check(z.minimum(1)),
      price: amount,
    }),
  ),
  currency: z.string(),
  total: amount,
  paymentId: z.optional(z.string()),
  refundedAmount: z.optional(z.int().check(z.minimum(1), z.maximum(maxAmount))),
});

/** How many orders at once. */
export const orderQuery = z.strictObject(page);

/** Orders, newest first. */
export const orderPage = z.object({ data: z.array(order), nextCursor });

const address = z.strictObject({
  line1: text(1, longest.addressLine),
  line2: z.optional(text(1, longest.addressLine)),
  postalCode: text(1, longest.postalCode),
  city: text(1, longest.addressLine),
  country: z.string().check(z.regex(/^[A-Z]{2}$/, "must be two capital letters (ISO 3166-1): DE")),
});

/** What is to be known of the user; what is left out is forgotten. */
export const newProfile = z.strictObject({
  name: z.optional(name),
  address: z.optional(address),
});

/** What the shop knows of a user. */
export const profile = z.object({
  userId: z.string(),
  email: z.optional(z.string()),
  name: z.optional(z.string()),
  address: z.optional(
    z.object({
      line1: z.string(),
      line2: z.optional(z.string()),
      postalCode: z.string(),
      city: z.string(),
      country: z.string(),
    }),
  ),
});

/** Who is looked for. */
export const userQuery = z.strictObject({
  email: z
    .string()
    .check(
      z.maxLength(254),
      z.regex(/^[^\s@]+@[^\s@]+$/, "must be an e-mail address"),
      z.describe("As the sign-in has verified it; upper and lower case are the same."),
    ),
});

/** Users with an e-mail address. */
export const userPage = z.object({ data: z.array(profile) });

/** Everything that is stored of a user, page by page of the orders. */
export const userExport = z.object({ profile, orders: z.array(order), nextCursor });

/** That the caller means it: what is deleted does not come back. */
export const deletion = z.strictObject({ confirm: z.literal(true, "must be true") });

/** What has been deleted. */
export const deleted = z.object({ deleted: z.literal(true) });

/** The largest body, in bytes: a new product of the longest texts; an order has none. */
export const maxBodyBytes = maxBytesOf(longest.name + longest.description);

/** A product of an order that was refused. */
const refusedProduct = z.object({
  productId,
  requested: z.optional(z.int()),
  available: z.optional(z.int()),
  seenPrice: z.optional(z.int()),
  price: z.optional(z.int()),
  currency: z.optional(z.string()),
});

/** An RFC 9457 problem document. */
export const problem = z.extend(problemDocument(problemStyle.typePrefix), {
  currentStatus: z.optional(orderStatus),
  currentVersion: z.optional(version),
  stock: z.optional(z.int()),
  products: z.optional(z.array(refusedProduct)),
});
