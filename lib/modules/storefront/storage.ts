import { DynamoDbComponent } from "../../components/dynamodb";
import { IdempotencyTableComponent } from "../../components/idempotency-table";
import { S3Component } from "../../components/s3";
import type { Foundation } from "../../foundation/foundation";
import type { StorefrontSettings } from "./settings";
import { ordersTable, productsTable, usersTable } from "./tables";

/** In STANDARD until they are settled and deleted, and for 90 days after that. */
const deadLetterRetention = {
  glacierAfterDays: null,
  noncurrentGlacierAfterDays: null,
  noncurrentExpireAfterDays: 90,
  abortIncompleteUploadAfterDays: 7,
  objectLock: null,
};

/** Registers the storefront's tables, and the bucket of what could not be settled in time. */
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
    deadLetters: new S3Component(
      `${name}-shop-dead-letters`,
      {
        context,
        purpose: "shop-dead-letters",
        keyArn: common.keyArn,
        retention: deadLetterRetention,
        writeOnce: false,
      },
      child,
    ),
  };
}

/** What holds the storefront's data. */
export type StorefrontStorage = ReturnType<typeof buildStorage>;
