import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { reserveConcurrency } from "../../../lib/local/resources/lambda/concurrency";
import { aws, call, eventually, text } from "../deployed";
import {
  ShopUser,
  describeShopping,
  makeAdmin,
  makeProduct,
  movePayment,
  orderThat,
  payOrder,
  placeOrder,
} from "../shop";
import { describeLocally } from "./client";

jest.setTimeout(120_000);

(text("environment") === "dev" ? describeLocally : describe.skip)(
  "the log of a function in dev",
  () => {
    it("says at DEBUG why a request was refused", async () => {
      const { headers, status } = await call("GET", `/payment/pay_${"0".repeat(32)}`);
      const requestId = headers.get("x-request-id") ?? "";
      const find = async () => {
        const { events = [] } = await aws.logs.send(
          new FilterLogEventsCommand({ logGroupName: text("lambdaLogGroupName") }),
        );
        return events.map(({ message = "" }) => message).filter((line) => line.includes(requestId));
      };
      const lines = await eventually(find, (found) => found.some((line) => line.includes("DEBUG")));

      expect(status).toBe(404);
      expect(requestId).not.toBe("");
      expect(lines.find((line) => line.includes("DEBUG"))).toMatch(/Refused.*payment-not-found/s);
    });
  },
);

describeLocally("more concurrency than the account has", () => {
  it("is refused as Lambda refuses it, and what was reserved stays", async () => {
    const FunctionName = text("lambdaName");
    const reserved = () => aws.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    const before = await reserved();

    await expect(reserveConcurrency(aws.lambda, FunctionName, 901)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
        "below its minimum value of [100].",
    });
    expect((await reserved()).ReservedConcurrentExecutions).toBe(
      before.ReservedConcurrentExecutions,
    );
  });

  it("counts what other functions have reserved", async () => {
    const ledger = text("ledgerLambdaName");
    await reserveConcurrency(aws.lambda, ledger, 300);
    try {
      await expect(reserveConcurrency(aws.lambda, text("lambdaName"), 601)).rejects.toThrow(
        /minimum value/,
      );
    } finally {
      await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: ledger }));
    }
  });
});

(text("environment") === "dev" ? describeShopping : describe.skip)("an order", () => {
  it("hears that its payment is made and captured, and not that it is authorized", async () => {
    const [admin, customer] = await Promise.all([makeAdmin(), ShopUser.make()]);
    const { orderId } = await placeOrder(customer, await makeProduct(admin));
    const { paymentId } = await payOrder(customer, orderId);
    await movePayment(paymentId, "authorize", { outcome: "APPROVED" });
    await movePayment(paymentId, "capture", { all: true });
    await orderThat(customer, orderId, ({ status }) => status === "PAID");
    // what the function has got is in its log at DEBUG
    const heard = async () => {
      const { events = [] } = await aws.logs.send(
        new FilterLogEventsCommand({ logGroupName: text("SettleOrdersLambdaLogGroupName") }),
      );
      return [1, 2, 3].filter((version) =>
        events.some(({ message = "" }) => message.includes(`${paymentId}/${String(version)}`)),
      );
    };

    expect(await eventually(heard, (versions) => versions.includes(3))).toEqual([1, 3]);
  });
});
