import * as pulumi from "@pulumi/pulumi";
import { LambdaComponent } from "../../components/lambda";
import { functionCode } from "../../components/lambda/code";
import type { FoundationSettings } from "../../foundation/settings";
import type { NewLogGroup, StackContext } from "../../types";
import {
  ordersPermissions,
  productsPermissions,
  reconcilePermissions,
  settlePermissions,
  usersPermissions,
} from "./function-permissions";
import type { PermissionScope } from "./function-permissions";
import type { StorefrontSettings } from "./settings";
import type { StorefrontStorage } from "./storage";

/** Where the functions' own metrics are in CloudWatch. */
export const metricsNamespace = "Storefront";

/** Timeouts in seconds of the functions that no caller waits for. */
const backgroundTimeouts = { settle: 60, expire: 300, reconcile: 900 };

/** Arguments of {@link StorefrontFunctions}. */
export interface StorefrontFunctionsArgs {
  readonly context: StackContext;
  readonly settings: StorefrontSettings & FoundationSettings;
  readonly subnetIds: pulumi.Input<string[]>;
  /** Of functions that call DynamoDB only, and of those that call APIs on the internet too. */
  readonly securityGroupIds: {
    readonly shop: pulumi.Input<string>;
    readonly outward: pulumi.Input<string>;
  };
  readonly storage: StorefrontStorage;
  /** What the permissions name beside the tables. */
  readonly scope: Pick<PermissionScope, "paymentsStreamArn" | "paymentsApiArn" | "userPoolArn">;
  /** The payments API, without a slash at its end. */
  readonly paymentsUrl: pulumi.Output<string>;
  /** The pool whose accounts the stack may delete; undefined where it has made none. */
  readonly userPoolId: pulumi.Output<string> | undefined;
  readonly logs: NewLogGroup;
}

/**
 * The functions of the storefront, each with the role that it needs and no more.
 *
 * ### Cost
 *
 * That of its functions.
 */
export class StorefrontFunctions extends pulumi.ComponentResource {
  /** Serves products and stock. */
  readonly products: LambdaComponent;
  /** Serves orders. */
  readonly orders: LambdaComponent;
  /** Serves what is known of users. */
  readonly users: LambdaComponent;
  /** Settles changes of payments with their orders. */
  readonly settle: LambdaComponent;
  /** Ends orders that nobody pays. */
  readonly expire: LambdaComponent;
  /** Compares orders with their payments. */
  readonly reconcile: LambdaComponent;

  constructor(name: string, args: StorefrontFunctionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:storefront:Functions", `${name}-storefront-functions`, {}, opts);
    const { context, settings, storage, securityGroupIds, paymentsUrl } = args;
    const { functions, storefront } = settings;
    const child = { parent: this };
    const tables = {
      products: { PRODUCTS_TABLE: storage.products.tableName },
      orders: { ORDERS_TABLE: storage.orders.tableName },
      users: { USERS_TABLE: storage.users.tableName },
      answers: { IDEMPOTENCY_TABLE: storage.answers.tableName },
    };
    const scope = {
      ...args.scope,
      productsArn: storage.products.tableArn,
      ordersArn: storage.orders.tableArn,
      usersArn: storage.users.tableArn,
      idempotencyArn: storage.answers.tableArn,
      deadLetterBucketArn: storage.deadLetters.bucketArn,
    };
    const apiEnvironment = {
      ALLOWED_ORIGINS: storefront.allowedOrigins.join(","),
      AUTHORIZATION: storefront.authorization,
    };
    const payments = {
      PAYMENTS_URL: paymentsUrl,
      ORDER_EXPIRY_MINUTES: String(storefront.orderExpiryMinutes),
    };
    const common = { context, logs: args.logs, metricsNamespace };
    const network = (group: keyof typeof securityGroupIds) => ({
      subnetIds: args.subnetIds,
      securityGroupId: securityGroupIds[group],
    });
    const ofApi = {
      ...common,
      settings: functions,
      reservedConcurrency: storefront.reservedConcurrency,
    };
    const background = (purpose: keyof typeof backgroundTimeouts) => ({
      ...common,
      settings: { ...functions, timeoutSeconds: backgroundTimeouts[purpose] },
      reservedConcurrency: null,
    });

    this.products = new LambdaComponent(
      `${name}-products`,
      {
        ...ofApi,
        purpose: "products",
        description: "Serves products and stock",
        code: functionCode("storefront/products").archive,
        environment: { ...apiEnvironment, ...tables.products, ...tables.answers },
        role: { purpose: "products", permissions: productsPermissions(scope) },
        network: network("shop"),
      },
      child,
    );
    this.orders = new LambdaComponent(
      `${name}-orders`,
      {
        ...ofApi,
        purpose: "orders",
        description: "Places, reads, pays and cancels orders",
        code: functionCode("storefront/orders").archive,
        environment: {
          ...apiEnvironment,
          ...tables.products,
          ...tables.orders,
          ...tables.answers,
          ...payments,
        },
        role: { purpose: "orders", permissions: ordersPermissions(scope) },
        network: network("outward"),
      },
      child,
    );
    this.users = new LambdaComponent(
      `${name}-users`,
      {
        ...ofApi,
        purpose: "users",
        description: "Keeps, exports and deletes what is known of users",
        code: functionCode("storefront/users").archive,
        environment: {
          ...apiEnvironment,
          ...tables.users,
          ...tables.orders,
          ...(args.userPoolId !== undefined && { USER_POOL_ID: args.userPoolId }),
        },
        role: { purpose: "users", permissions: usersPermissions(scope) },
        network: network("outward"),
      },
      child,
    );
    this.settle = new LambdaComponent(
      `${name}-settle-orders`,
      {
        ...background("settle"),
        purpose: "settle-orders",
        description: "Settles changes of payments with their orders",
        code: functionCode("storefront/settle").archive,
        environment: { ...tables.products, ...tables.orders, ...tables.answers },
        role: { purpose: "settle-orders", permissions: settlePermissions(scope) },
        network: network("shop"),
      },
      child,
    );
    this.expire = new LambdaComponent(
      `${name}-expire-orders`,
      {
        ...background("expire"),
        purpose: "expire-orders",
        description: "Ends orders that nobody pays",
        code: functionCode("storefront/expire").archive,
        environment: { ...tables.products, ...tables.orders, ...tables.answers, ...payments },
        // one caller to the payments: a key is its caller's, so another role would get another payment for the order
        role: { existing: { name: this.orders.roleName, arn: this.orders.roleArn } },
        network: network("outward"),
      },
      { ...child, dependsOn: [this.orders] },
    );
    this.reconcile = new LambdaComponent(
      `${name}-reconcile-orders`,
      {
        ...background("reconcile"),
        purpose: "reconcile-orders",
        description: "Compares orders with their payments",
        code: functionCode("storefront/reconcile").archive,
        environment: {
          ...tables.products,
          ...tables.orders,
          ...tables.answers,
          ...payments,
          EVERY_MINUTES: String(storefront.reconciliation.everyMinutes),
          SWEEP_DAYS: String(storefront.reconciliation.sweepDays),
        },
        role: { purpose: "reconcile-orders", permissions: reconcilePermissions(scope) },
        network: network("outward"),
      },
      child,
    );
    this.registerOutputs({});
  }
}
