import * as pulumi from "@pulumi/pulumi";
import { ScheduleComponent } from "../../components/schedule";
import { StreamConsumerComponent } from "../../components/stream-consumer";
import { UserPoolComponent } from "../../components/user-pool";
import type { Foundation } from "../../foundation/foundation";
import type { FoundationSettings } from "../../foundation/settings";
import { adminGroup } from "../../lambda/storefront/api/user";
import { settlingStatuses } from "../../lambda/storefront/domain/settlement";
import type { Built } from "../contract";
import { buildApi } from "./api";
import { expireEveryMinutes } from "./expiry";
import { StorefrontFunctions } from "./functions";
import { storefrontMonitoring } from "./monitoring";
import { storefrontOutputValues } from "./output-values";
import type { storefrontOutputs } from "./outputs";
import type { StorefrontSettings } from "./settings";
import { buildStorage } from "./storage";

/** What the storefront needs of the modules before it. */
export interface StorefrontNeeded {
  /** What must be there before an API can log. */
  readonly apiLogging: readonly pulumi.Resource[];
  readonly paymentsApi: {
    readonly url: pulumi.Output<string>;
    readonly operationsArn: pulumi.Output<string>;
  };
  readonly paymentsStreamArn: pulumi.Output<string>;
}

/** Registers the storefront's tables, sign-in, functions and API. */
export function buildStorefront(
  foundation: Foundation,
  settings: StorefrontSettings & FoundationSettings,
  needed: StorefrontNeeded,
): Built<typeof storefrontOutputs, object> {
  const { name, child, context, network, logs } = foundation;
  const { storefront } = settings;
  const storage = buildStorage(foundation, settings);
  const pool = newPool(foundation, storefront);
  const userPoolArn = pool?.userPoolArn ?? existingPool(storefront);
  const functions = new StorefrontFunctions(
    name,
    {
      context,
      settings,
      subnetIds: network.privateSubnetIds,
      securityGroupIds: {
        shop: foundation.securityGroup("shop").id,
        outward: foundation.securityGroup("shop-outward").id,
      },
      storage,
      scope: {
        paymentsStreamArn: needed.paymentsStreamArn,
        paymentsApiArn: needed.paymentsApi.operationsArn,
        userPoolArn: pool?.userPoolArn,
      },
      paymentsUrl: needed.paymentsApi.url,
      userPoolId: pool?.userPoolId,
      logs,
    },
    { ...child, dependsOn: foundation.connections },
  );
  const { settle, expire, reconcile } = functions;
  const stream = new StreamConsumerComponent(
    `${name}-orders-stream`,
    {
      context,
      purpose: "orders-stream",
      streamArn: needed.paymentsStreamArn,
      functionArn: settle.functionArn,
      deadLetterBucketArn: storage.deadLetters.bucketArn,
      // of the payments, only those that name an order, and not when they are authorized; a status may have its shard
      // of the table's index behind it
      newImage: {
        metadata: { M: { orderId: { S: [{ prefix: "ord_" }] } } },
        status: { S: settlingStatuses.map((prefix) => ({ prefix })) },
      },
    },
    child,
  );
  const expiry = new ScheduleComponent(
    `${name}-expire-schedule`,
    {
      context,
      purpose: "expire-orders",
      description: "Ends orders that nobody pays",
      everyMinutes: expireEveryMinutes,
      functionArn: expire.functionArn,
      functionName: expire.functionName,
    },
    child,
  );
  const { everyMinutes } = storefront.reconciliation;
  const reconciliation = new ScheduleComponent(
    `${name}-reconcile-orders-schedule`,
    {
      context,
      purpose: "reconcile-orders",
      description: "Compares orders with their payments",
      everyMinutes,
      functionArn: reconcile.functionArn,
      functionName: reconcile.functionName,
    },
    child,
  );
  const { api, domain, waf } = buildApi(foundation, functions, {
    settings: storefront,
    userPoolArn,
    apiLogging: needed.apiLogging,
  });
  return {
    ports: {},
    outputs: storefrontOutputValues({
      foundation,
      storage,
      functions,
      stream,
      schedules: { expiry, reconciliation },
      api,
      domain,
      waf,
      pool,
      userPoolArn,
    }),
    ...storefrontMonitoring(
      {
        functions,
        api,
        waf,
        domain,
        stream,
        tables: storage,
        idempotencyTable: storage.answers,
        reconciliationEveryMinutes: everyMinutes,
      },
      settings.alarms,
    ),
  };
}

/** The pool that customers sign in at, unless they do so elsewhere. */
function newPool(
  { name, child, context }: Foundation,
  { authorization, userPoolArn }: StorefrontSettings["storefront"],
): UserPoolComponent | undefined {
  if (authorization !== "COGNITO_USER_POOLS" || userPoolArn !== null) return undefined;
  return new UserPoolComponent(
    `${name}-shop-users`,
    {
      context,
      purpose: "shop-users",
      groups: { [adminGroup]: { description: "Change products and stock, and find users" } },
    },
    child,
  );
}

function existingPool({
  userPoolArn,
}: StorefrontSettings["storefront"]): pulumi.Output<string> | undefined {
  return userPoolArn === null ? undefined : pulumi.output(userPoolArn);
}
