import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../aws";
import { withDatabase } from "../database/connection";
import { variable } from "../environment";
import { createApp } from "../http/app";
import { authorizationOf } from "../http/caller";
import { accountsEndpoints } from "./endpoints";

const dynamo = new DynamoDBClient(interactiveClient);

/** Answers what the ledger knows; what it needs is made once per process. */
export const handler = createApp({
  endpoints: accountsEndpoints({
    withDatabase,
    checkTable: () =>
      dynamo.send(
        new GetItemCommand({
          TableName: variable("TABLE_NAME"),
          Key: { transactionId: { S: "health" }, timestamp: { N: "0" } },
        }),
      ),
  }),
  logger: new Logger(),
  allowedOrigins: variable("ALLOWED_ORIGINS").split(","),
  authorization: authorizationOf(variable("AUTHORIZATION")),
});
