import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { awsClient } from "../aws";
import { withDatabase } from "../database/connection";
import { variable } from "../environment";
import { DynamoDbPaymentStore } from "../store/dynamodb-payment-store";
import { createApp } from "./app";

const now = Date.now;

/** Answers the payments API; what it needs is made once per process. */
export const handler = createApp({
  store: new DynamoDbPaymentStore(new DynamoDBClient(awsClient), variable("TABLE_NAME"), now),
  withDatabase,
  now,
  newId: () => `pay_${randomUUID().replaceAll("-", "")}`,
  logger: new Logger(),
  allowedOrigins: variable("ALLOWED_ORIGINS").split(","),
});
