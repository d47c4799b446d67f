import * as pulumi from "@pulumi/pulumi";
import { policyJson } from "../../../../lib/core/policy-document";
import { record, valueOf } from "../../../../lib/graph/record";
import {
  ordersPermissions,
  productsPermissions,
  reconcilePermissions,
  settlePermissions,
  usersPermissions,
} from "../../../../lib/modules/storefront/function-permissions";
import type { PermissionScope } from "../../../../lib/modules/storefront/function-permissions";

/** Each statement as `actions on resources`. */
const grants = async (
  permissions: typeof productsPermissions,
  changed: Partial<PermissionScope> = {},
) => {
  const { result } = await record(() =>
    policyJson(
      permissions({
        productsArn: pulumi.output("arn:products"),
        ordersArn: pulumi.output("arn:orders"),
        usersArn: pulumi.output("arn:users"),
        idempotencyArn: pulumi.output("arn:answers"),
        paymentsStreamArn: pulumi.output("arn:stream"),
        deadLetterBucketArn: pulumi.output("arn:letters"),
        paymentsApiArn: pulumi.output("arn:api/dev"),
        userPoolArn: pulumi.output("arn:pool"),
        ...changed,
      }),
    ),
  );
  const { Statement } = JSON.parse(await valueOf(result)) as {
    Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
  };
  return Statement.map(({ Effect, Action, Resource }) =>
    `${Effect} ${[Action].flat().join(" ")} on ${[Resource].flat().join(" ")}`.replaceAll(
      "dynamodb:",
      "",
    ),
  );
};

describe("the permissions of the storefront's functions", () => {
  it("let products be read and written, and responses be stored", async () => {
    expect(await grants(productsPermissions)).toEqual([
      "Allow GetItem PutItem UpdateItem on arn:products",
      "Allow Query on arn:products/index/CategoryIndex",
      "Allow GetItem PutItem on arn:answers",
    ]);
  });

  it("let orders be placed, paid and ended, and no product be made", async () => {
    expect(await grants(ordersPermissions)).toEqual([
      "Allow BatchGetItem UpdateItem on arn:products",
      "Allow GetItem PutItem UpdateItem on arn:orders",
      "Allow Query on arn:orders/index/UserIdIndex",
      "Allow Query on arn:orders/index/StatusIndex",
      "Allow GetItem PutItem on arn:answers",
      "Allow execute-api:Invoke on arn:api/dev/POST/payment arn:api/dev/GET/payment/* arn:api/dev/POST/payment/*/cancel",
    ]);
  });

  it("let users be kept and deleted, with their accounts of the stack's own pool only", async () => {
    const own = [
      "Allow DeleteItem GetItem PutItem UpdateItem on arn:users",
      "Allow Query on arn:users/index/EmailIndex",
      "Allow Query on arn:orders/index/UserIdIndex",
    ];

    expect(await grants(usersPermissions)).toEqual([
      ...own,
      "Allow cognito-idp:AdminDeleteUser on arn:pool",
    ]);
    expect(await grants(usersPermissions, { userPoolArn: undefined })).toEqual(own);
  });

  it("let all orders be compared with payments and settled, and no payment be changed", async () => {
    expect(await grants(reconcilePermissions)).toEqual([
      "Allow GetItem Scan UpdateItem on arn:orders",
      "Allow Query on arn:orders/index/StatusIndex",
      "Allow UpdateItem on arn:products",
      "Allow execute-api:Invoke on arn:api/dev/GET/payment/*",
    ]);
  });

  it("let payments' changes be settled with orders, and no payment be called", async () => {
    expect(await grants(settlePermissions)).toEqual([
      "Allow DescribeStream GetRecords GetShardIterator ListStreams on arn:stream",
      "Allow s3:PutObject on arn:letters/*",
      "Allow s3:ListBucket on arn:letters",
      "Allow GetItem UpdateItem on arn:orders",
      "Allow UpdateItem on arn:products",
    ]);
  });
});
