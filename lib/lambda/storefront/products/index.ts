import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../../aws/clients";
import { required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { authorizationOf } from "../../http/caller";
import { storefrontService } from "../api/service";
import { DynamoDbProductStore } from "./dynamodb-product-store";
import { productEndpoints } from "./endpoints";

const now = Date.now;
const authorization = authorizationOf(required("AUTHORIZATION"));

/** Serves products and their stock; clients are created once per process. */
export const handler = createApp({
  service: storefrontService,
  endpoints: productEndpoints({
    store: new DynamoDbProductStore(
      new DynamoDBClient(interactiveClient),
      { table: required("PRODUCTS_TABLE"), idempotencyTable: required("IDEMPOTENCY_TABLE") },
      now,
    ),
    now,
    newId: () => `item_${randomUUID().replaceAll("-", "")}`,
    authorization,
  }),
  logger: new Logger(),
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization,
});
