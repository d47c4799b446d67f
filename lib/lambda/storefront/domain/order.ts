/**
 * What an order can be. PENDING: placed, its stock is taken. PAYING: its payment is asked for. PAID: the whole payment
 * is captured. REFUNDED: all of it is refunded. CANCELED, by its user or because its payment failed, and EXPIRED,
 * because nobody paid it in time: its stock is back.
 */
export const orderStatuses = [
  "PENDING",
  "PAYING",
  "PAID",
  "REFUNDED",
  "CANCELED",
  "EXPIRED",
] as const;

/** One of {@link orderStatuses}. */
export type OrderStatus = (typeof orderStatuses)[number];

/** How many different products an order has at most: a transaction of DynamoDB has 100 operations. */
export const maxOrderItems = 20;

/** How many of one product an order has at most. */
export const maxQuantity = 1000;

/** A product in an order, as it was when the order was placed. */
export interface OrderItem {
  readonly productId: string;
  readonly name: string;
  /** 1 to {@link maxQuantity}. */
  readonly quantity: number;
  /** Of one of it, in minor units of the order's currency. */
  readonly price: number;
}

/** An order as it is stored and as its user sees it. */
export interface Order {
  /** `ord_` and 32 hexadecimal digits that nobody can guess. */
  readonly orderId: string;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When it expires unless it is paid, in epoch milliseconds. */
  readonly expiresAt: number;
  readonly status: OrderStatus;
  /** 1 when placed, one more with every change. */
  readonly version: number;
  /** Each product once, 1 to {@link maxOrderItems}. */
  readonly items: readonly OrderItem[];
  /** ISO 4217. */
  readonly currency: string;
  /** The sum of quantity × price, in minor units. */
  readonly total: number;
  /** The payment's `transactionId`, once it is known. */
  readonly paymentId?: string | undefined;
  /** Minor units; there once something was refunded. */
  readonly refundedAmount?: number | undefined;
}

/** How an order ends that nobody pays. */
export type UnpaidEnd = "CANCELED" | "EXPIRED";

/** An order with what its user does not see. */
export interface StoredOrder extends Order {
  /**
   * That it is to end, and how, while its payment may still be captured: it ends so as soon as the payments have
   * canceled that, and is PAID if they captured it before. There while PAYING only.
   */
  readonly ending?: UnpaidEnd | undefined;
  /** The version of its payment that was settled last: an older one changes nothing any more. */
  readonly paymentVersion?: number | undefined;
}

/** The sum of items' quantity × price, in minor units. */
export function totalOf(items: readonly Pick<OrderItem, "quantity" | "price">[]): number {
  return items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
}
