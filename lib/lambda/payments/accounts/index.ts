import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../../aws/clients";
import { databaseFor } from "../../database/connection";
import { required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { authorizationOf } from "../../http/caller";
import { paymentsService } from "../api/service";
import { retryOnOutage } from "./retry-on-outage";
import { accountsEndpoints } from "./endpoints";

const logger = new Logger();
const dynamo = new DynamoDBClient({
  ...interactiveClient,
  // a health check gets its response in time, whichever of the two is unavailable
  maxAttempts: 2,
  requestHandler: { ...interactiveClient.requestHandler, requestTimeout: 1_000 },
});

/** Serves balances, payouts and health; clients are created once per process. */
export const handler = createApp({
  service: paymentsService,
  endpoints: accountsEndpoints({
    withDatabase: retryOnOutage(databaseFor("interactive"), logger),
    checkTable: () =>
      dynamo.send(
        new GetItemCommand({
          TableName: required("TABLE_NAME"),
          Key: { transactionId: { S: "health" }, timestamp: { N: "0" } },
        }),
      ),
  }),
  logger,
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization: authorizationOf(required("AUTHORIZATION")),
});
