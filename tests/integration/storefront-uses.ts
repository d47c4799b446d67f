import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { aws, text } from "./deployed";
import {
  ShopUser,
  makeAdmin,
  makeDue,
  makeProduct,
  movePayment,
  orderThat,
  payOrder,
  placeOrder,
} from "./shop";

/** Everything that the storefront's functions do. */
export async function useStorefront(): Promise<void> {
  const [admin, customer] = await Promise.all([makeAdmin(), ShopUser.make()]);
  const productId = await useProducts(admin);
  await useOrders(customer, productId);
  await useUsers(admin, customer);
}

/** Products are made, changed, found and read; a change of an old version is refused. */
async function useProducts(admin: ShopUser): Promise<string> {
  const productId = await makeProduct(admin, { stock: 20 });
  await admin.persist(`/products/${productId}`, { version: 1, price: 260 });
  await admin.persist(`/products/${productId}`, { version: 1, price: 270 });
  await admin.persist(`/products/${productId}/stock`, { change: -1 });
  await admin.get(`/products/${productId}`);
  await admin.get("/products?category=test");
  return productId;
}

/** Orders are placed, listed, paid, declined, canceled, captured in part and expired. */
async function useOrders(customer: ShopUser, productId: string): Promise<void> {
  await customer.get("/orders");
  const declined = await placeOrder(customer, productId);
  const { paymentId } = await payOrder(customer, declined.orderId);
  await movePayment(paymentId, "authorize", { outcome: "DECLINED" });
  await orderThat(customer, declined.orderId, ({ status }) => status === "CANCELED");

  const canceled = await placeOrder(customer, productId);
  await payOrder(customer, canceled.orderId);
  await customer.persist(`/orders/${canceled.orderId}/cancel`);

  // it can neither be canceled nor is it paid
  const partly = await placeOrder(customer, productId);
  const { paymentId: captured } = await payOrder(customer, partly.orderId);
  await movePayment(captured, "authorize", { outcome: "APPROVED" });
  await movePayment(captured, "capture", { amount: 1 });
  await customer.persist(`/orders/${partly.orderId}/cancel`);

  const due = await placeOrder(customer, productId);
  await makeDue(due.orderId);
  await aws.lambda.send(new InvokeCommand({ FunctionName: text("ExpireOrdersLambdaName") }));
}

/** A profile is set, read, exported, found, and deleted; the user's e-mail address has changed meanwhile. */
async function useUsers(admin: ShopUser, customer: ShopUser): Promise<void> {
  await customer.post("/users/me", { name: "Anna" });
  await aws.dynamoDb.send(
    new UpdateItemCommand({
      TableName: text("UsersTableName"),
      Key: { userId: { S: customer.id } },
      UpdateExpression: "SET email = :before",
      ExpressionAttributeValues: { ":before": { S: "before@shop.example" } },
    }),
  );
  await customer.get("/users/me");
  await customer.get("/users/me/export");
  await admin.get(`/users?email=${customer.email}`);
  await customer.post("/users/me/delete", { confirm: true });
}
