import { DynamoDbComponent } from "../../components/dynamodb";
import { IdempotencyTableComponent } from "../../components/idempotency-table";
import type { Foundation } from "../../foundation/foundation";
import type { StorefrontSettings } from "./settings";
import { ordersTable, productsTable, usersTable } from "./tables";

/** Registers the storefront's tables. */
export function buildStorage(
  { name, child, context, key }: Foundation,
  { storefront: { capacity } }: StorefrontSettings,
) {
  const range = { min: capacity.minUnits, max: capacity.maxUnits };
  const common = {
    context,
    keyArn: key("data").arn,
    capacity: { read: range, write: range, targetPercent: capacity.targetPercent },
  };
  return {
    products: new DynamoDbComponent(
      `${name}-products-table`,
      { ...common, ...productsTable },
      child,
    ),
    orders: new DynamoDbComponent(`${name}-orders-table`, { ...common, ...ordersTable }, child),
    users: new DynamoDbComponent(`${name}-users-table`, { ...common, ...usersTable }, child),
    answers: new IdempotencyTableComponent(
      `${name}-shop-answers`,
      { context, purpose: "shop-idempotency", keyArn: common.keyArn },
      child,
    ),
  };
}

/** What holds the storefront's data. */
export type StorefrontStorage = ReturnType<typeof buildStorage>;
