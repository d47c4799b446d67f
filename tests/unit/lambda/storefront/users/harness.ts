import type { Authorization } from "../../../../../lib/lambda/http/caller";
import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import type { DeleteAccount } from "../../../../../lib/lambda/storefront/users/account";
import { usersEndpoints } from "../../../../../lib/lambda/storefront/users/endpoints";
import { StorefrontHarness } from "../harness";
import { MemoryOrderStore } from "../memory-order-store";
import { MemoryUserStore } from "../memory-user-store";

/** All that a user may say of themselves. */
export const everything = {
  name: "Anna Arndt",
  address: {
    line1: "Lange Straße 1",
    line2: "Hinterhaus",
    postalCode: "10115",
    city: "Berlin",
    country: "DE",
  },
};

/** The users function over stores in memory. */
export class UsersHarness extends StorefrontHarness {
  readonly users: MemoryUserStore;
  readonly orders: MemoryOrderStore;

  constructor(authorization?: Authorization, deleteAccount?: DeleteAccount) {
    const users = new MemoryUserStore();
    const orders = new MemoryOrderStore();
    super(
      usersEndpoints({
        users,
        orders,
        deleteAccount,
        authorization: authorization ?? "COGNITO_USER_POOLS",
      }),
      authorization,
    );
    this.users = users;
    this.orders = orders;
  }
}

/** An order of a user's. */
export function orderOf(userId: string, number: number): StoredOrder {
  return {
    orderId: `ord_${number.toString(16).padStart(32, "0")}`,
    userId,
    createdAt: 1_700_000_000_000 + number,
    expiresAt: 1_700_000_900_000 + number,
    status: "PAID",
    version: 3,
    items: [{ productId: `item_${"1".repeat(32)}`, name: "Coffee", quantity: 2, price: 500 }],
    currency: "EUR",
    total: 1000,
    paymentId: `pay_${"2".repeat(32)}`,
  };
}
