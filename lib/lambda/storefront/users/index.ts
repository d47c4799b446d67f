import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { interactiveClient } from "../../aws/clients";
import { required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { authorizationOf } from "../../http/caller";
import { storefrontService } from "../api/service";
import { DynamoDbUserStore } from "../store/dynamodb-user-store";
import { ordersOf } from "../store/order-index";
import { accountsOf } from "./account";
import { usersEndpoints } from "./endpoints";

const client = new DynamoDBClient(interactiveClient);
const logger = new Logger();
const ordersTable = required("ORDERS_TABLE");
const authorization = authorizationOf(required("AUTHORIZATION"));
/** Empty or absent where no pool is the stack's own: another's accounts may be other applications' too. */
const userPoolId = process.env["USER_POOL_ID"];

/** Serves users; clients are created once per process. */
export const handler = createApp({
  service: storefrontService,
  endpoints: usersEndpoints({
    users: new DynamoDbUserStore(client, required("USERS_TABLE")),
    orders: { listOf: (...page) => ordersOf(client, ordersTable, ...page) },
    deleteAccount: userPoolId ? accountsOf(userPoolId, logger) : undefined,
    authorization,
  }),
  logger,
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization,
});
