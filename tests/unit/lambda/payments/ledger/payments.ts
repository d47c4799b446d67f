import { marshall } from "@aws-sdk/util-dynamodb";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";

/** A payment and what becomes of it, one version after the other. */
export const pending: Payment = {
  transactionId: "pay_0123456789abcdef0123456789abcdef",
  timestamp: 1_767_225_600_000,
  userId: "user-1",
  amount: 1_000,
  currency: "EUR",
  status: "PENDING",
  version: 1,
};
export const authorized: Payment = { ...pending, status: "AUTHORIZED", version: 2 };
export const captured: Payment = {
  ...authorized,
  status: "CAPTURED",
  version: 3,
  capturedAmount: 700,
};
export const partlyRefunded: Payment = { ...captured, version: 4, refundedAmount: 200 };
export const refunded: Payment = {
  ...partlyRefunded,
  status: "REFUNDED",
  version: 5,
  refundedAmount: 700,
};
export const canceled: Payment = { ...authorized, status: "CANCELED", version: 3 };
export const failed: Payment = { ...pending, status: "FAILED", version: 2 };

/** A record as the table's stream delivers it. */
export function streamRecord(
  before: object | undefined,
  after: object | undefined,
  more: object = {},
) {
  const image = after ?? before ?? {};
  return {
    eventID: "0123456789abcdef0123456789abcdef",
    eventName: before === undefined ? "INSERT" : "MODIFY",
    eventSource: "aws:dynamodb",
    dynamodb: {
      ApproximateCreationDateTime: 1_767_225_601,
      Keys: marshall({ transactionId: "transactionId" in image ? image.transactionId : "" }),
      ...(after && { NewImage: marshall(after) }),
      ...(before && { OldImage: marshall(before) }),
    },
    ...more,
  };
}
