import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../../aws/clients";
import { required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { receiptsService } from "../api";
import { receiptEndpoint } from "./receipt";

/** Issues receipts; what it needs is made once per process. */
export const handler = createApp({
  service: receiptsService,
  endpoints: [
    receiptEndpoint({
      client: new DynamoDBClient(interactiveClient),
      table: required("TABLE_NAME"),
      keepDays: Number(required("KEEP_DAYS")),
    }),
  ],
  logger: new Logger(),
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization: "AWS_IAM",
});
