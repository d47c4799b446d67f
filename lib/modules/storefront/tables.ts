/** Products by id and, for browsing, by category and name. */
export const productsTable = {
  purpose: "products",
  key: { hash: { name: "productId", type: "S" } },
  indexes: {
    CategoryIndex: {
      hash: { name: "category", type: "S" },
      range: { name: "name", type: "S" },
      // not the stock: each order would write the index again
      projection: { include: ["price", "currency", "published"] },
    },
  },
} as const;

const createdAt = { name: "createdAt", type: "N" } as const;

/** Orders by id, by user and, for those to be ended, by status. */
export const ordersTable = {
  purpose: "orders",
  key: { hash: { name: "orderId", type: "S" } },
  indexes: {
    UserIdIndex: { hash: { name: "userId", type: "S" }, range: createdAt, projection: "ALL" },
    StatusIndex: { hash: { name: "status", type: "S" }, range: createdAt, projection: "KEYS_ONLY" },
  },
} as const;

/** What is known of users by their id at the sign-in and, for administrators, by e-mail address. */
export const usersTable = {
  purpose: "users",
  key: { hash: { name: "userId", type: "S" } },
  indexes: { EmailIndex: { hash: { name: "email", type: "S" }, projection: "ALL" } },
} as const;
