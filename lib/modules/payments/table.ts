const timestamp = { name: "timestamp", type: "N" } as const;

/** Payments by `transactionId` and `timestamp` (epoch milliseconds), by user and by status, with every change. */
export const transactionsTable = {
  purpose: "transactions",
  key: { hash: { name: "transactionId", type: "S" }, range: timestamp },
  indexes: {
    UserIdIndex: { hash: { name: "userId", type: "S" }, range: timestamp, projection: "ALL" },
    StatusIndex: { hash: { name: "status", type: "S" }, range: timestamp, projection: "ALL" },
  },
  ttlAttribute: "expirationTime",
  stream: "NEW_AND_OLD_IMAGES",
} as const;
