import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { interactiveClient } from "../../aws/clients";
import { integer, required } from "../../aws/environment";
import { createApp } from "../../http/app";
import { authorizationOf } from "../../http/caller";
import { storefrontService } from "../api/service";
import { deployedPayments, orderStore } from "../surroundings";
import { orderEndpoints } from "./endpoints";

const now = Date.now;
const logger = new Logger();
const authorization = authorizationOf(required("AUTHORIZATION"));

/** Serves orders; clients are created once per process. */
export const handler = createApp({
  service: storefrontService,
  endpoints: orderEndpoints({
    store: orderStore(interactiveClient),
    payments: deployedPayments(logger),
    authorization,
    now,
    newId: () => `ord_${randomUUID().replaceAll("-", "")}`,
    // below the 24 hours that the payments keep their keys
    expiryMinutes: integer("ORDER_EXPIRY_MINUTES", 5, 720),
  }),
  logger,
  allowedOrigins: required("ALLOWED_ORIGINS").split(","),
  authorization,
});
