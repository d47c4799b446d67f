import type { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { required } from "../aws/environment";
import { signedFetch } from "../aws/signed-fetch";
import { paymentsApi } from "./payments/payments-api";
import type { Payments } from "./payments/payments";
import { DynamoDbOrderStore } from "./store/dynamodb-order-store";

/** The store of the tables that the deployment has given the function. */
export function orderStore(client: DynamoDBClientConfig): DynamoDbOrderStore {
  return new DynamoDbOrderStore(
    new DynamoDBClient(client),
    {
      orders: required("ORDERS_TABLE"),
      products: required("PRODUCTS_TABLE"),
      idempotency: required("IDEMPOTENCY_TABLE"),
    },
    Date.now,
  );
}

/** The payments API that the deployment has given the function, called as the function's role. */
export function deployedPayments(logger: Pick<Logger, "error">): Payments {
  return paymentsApi({ url: required("PAYMENTS_URL"), send: signedFetch("execute-api"), logger });
}
