import { randomUUID } from "node:crypto";

/** The id of a payment that no one else has. */
export const newId = () => `pay_${randomUUID().replaceAll("-", "")}`;

/** A payment as an item of the table, at one of its versions. */
export const imageOf = (id: string, status: string, version: number, more: object = {}) => ({
  transactionId: { S: id },
  timestamp: { N: "1767225600000" },
  userId: { S: "user-1" },
  amount: { N: "1250" },
  currency: { S: "EUR" },
  status: { S: status },
  version: { N: String(version) },
  ...more,
});

/** What the table's stream says of a change; without an image before, the payment is new. */
export const recordOf = (id: string, before: object | undefined, after: object) => ({
  eventID: randomUUID(),
  eventName: before === undefined ? "INSERT" : "MODIFY",
  dynamodb: {
    ApproximateCreationDateTime: 1_767_225_601,
    Keys: { transactionId: { S: id } },
    NewImage: after,
    ...(before && { OldImage: before }),
  },
});

/** A payment that is made and authorized. */
export function lifeOf(id: string) {
  const [pending, authorized] = [imageOf(id, "PENDING", 1), imageOf(id, "AUTHORIZED", 2)];
  return [recordOf(id, undefined, pending), recordOf(id, pending, authorized)];
}
