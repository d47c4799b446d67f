import type { PolicyStatement } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/** What the permissions of the storefront's functions name. */
export interface PermissionScope {
  readonly productsArn: pulumi.Output<string>;
  readonly ordersArn: pulumi.Output<string>;
  readonly usersArn: pulumi.Output<string>;
  readonly idempotencyArn: pulumi.Output<string>;
  /** The stream of the payments' table. */
  readonly paymentsStreamArn: pulumi.Output<string>;
  /** Where changes of payments go that could not be processed in time. */
  readonly deadLetterBucketArn: pulumi.Output<string>;
  /** The start of the ARNs of the payments API's operations, its stage included. */
  readonly paymentsApiArn: pulumi.Output<string>;
  /** The pool whose accounts the stack may delete; undefined where it has made none. */
  readonly userPoolArn: pulumi.Output<string> | undefined;
}

/** Reads and writes products. */
export function productsPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    allow("Products", ["GetItem", "PutItem", "UpdateItem"], scope.productsArn),
    allow("ProductsByCategory", ["Query"], index(scope.productsArn, "CategoryIndex")),
    answers(scope),
  ];
}

/** Places, reads, pays and cancels orders; ends those that nobody pays. */
export function ordersPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    allow("Products", ["BatchGetItem", "UpdateItem"], scope.productsArn),
    allow("Orders", ["GetItem", "PutItem", "UpdateItem"], scope.ordersArn),
    allow("OrdersOfUser", ["Query"], index(scope.ordersArn, "UserIdIndex")),
    allow("OrdersByStatus", ["Query"], index(scope.ordersArn, "StatusIndex")),
    answers(scope),
    callPayments(scope, ["POST/payment", "GET/payment/*", "POST/payment/*/cancel"]),
  ];
}

/** Keeps, exports and deletes what is known of users. */
export function usersPermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    allow("Users", ["DeleteItem", "GetItem", "PutItem", "UpdateItem"], scope.usersArn),
    allow("UsersByEmail", ["Query"], index(scope.usersArn, "EmailIndex")),
    allow("OrdersOfUser", ["Query"], index(scope.ordersArn, "UserIdIndex")),
    ...(scope.userPoolArn === undefined
      ? []
      : [
          {
            Sid: "Accounts",
            Effect: "Allow" as const,
            Action: "cognito-idp:AdminDeleteUser",
            Resource: scope.userPoolArn,
          },
        ]),
  ];
}

/** Reads the payments' changes and settles them with their orders. */
export function settlePermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    {
      Sid: "Payments",
      Effect: "Allow",
      Action: [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
      ],
      Resource: scope.paymentsStreamArn,
    },
    // Lambda itself writes a batch there before it expires in the stream
    {
      Sid: "ExpiredChanges",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${scope.deadLetterBucketArn}/*`,
    },
    {
      Sid: "DeadLetterBucket",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: scope.deadLetterBucketArn,
    },
    allow("Orders", ["GetItem", "UpdateItem"], scope.ordersArn),
    allow("Stock", ["UpdateItem"], scope.productsArn),
  ];
}

/** Compares orders with their payments, and settles those that have not heard of theirs. */
export function reconcilePermissions(scope: PermissionScope): PolicyStatement[] {
  return [
    allow("Orders", ["GetItem", "Scan", "UpdateItem"], scope.ordersArn),
    allow("OrdersByStatus", ["Query"], index(scope.ordersArn, "StatusIndex")),
    allow("Stock", ["UpdateItem"], scope.productsArn),
    callPayments(scope, ["GET/payment/*"]),
  ];
}

function callPayments(
  { paymentsApiArn }: PermissionScope,
  operations: readonly string[],
): PolicyStatement {
  return {
    Sid: "CallPayments",
    Effect: "Allow",
    Action: "execute-api:Invoke",
    Resource: operations.map((operation) => pulumi.interpolate`${paymentsApiArn}/${operation}`),
  };
}

function answers({ idempotencyArn }: PermissionScope): PolicyStatement {
  return allow("Answers", ["GetItem", "PutItem"], idempotencyArn);
}

function allow(
  Sid: string,
  actions: readonly string[],
  Resource: pulumi.Input<string>,
): PolicyStatement {
  return { Sid, Effect: "Allow", Action: actions.map((action) => `dynamodb:${action}`), Resource };
}

function index(tableArn: pulumi.Output<string>, name: string): pulumi.Output<string> {
  return pulumi.interpolate`${tableArn}/index/${name}`;
}
