import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../../aws/clients";
import { required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { authorizationOf } from "../../http/caller";
import { paymentsService } from "../api/service";
import { DynamoDbPaymentStore } from "../store/dynamodb-payment-store";
import { statusShards } from "../store/status-shard";
import { paymentEndpoints } from "./endpoints";

const now = Date.now;

/** Serves payments; clients are created once per process. */
export const handler = createApp({
  service: paymentsService,
  endpoints: paymentEndpoints({
    store: new DynamoDbPaymentStore(
      new DynamoDBClient(interactiveClient),
      {
        table: required("TABLE_NAME"),
        idempotencyTable: required("IDEMPOTENCY_TABLE"),
        statusShards: statusShards(required("STATUS_SHARDS"), required("STATUS_SHARDS_READ")),
      },
      now,
    ),
    now,
    newId: () => `pay_${randomUUID().replaceAll("-", "")}`,
  }),
  logger: new Logger(),
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization: authorizationOf(required("AUTHORIZATION")),
});
