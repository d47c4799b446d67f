import type { Service } from "../../http/service";
import { idempotencyKey } from "../../values/schemas";
import { problemStyle } from "./problem";
import { routes } from "./routes";
import { maxBodyBytes, orderPath, productPath } from "./schemas";

/** The storefront's API, which three functions serve. */
export const storefrontService: Service = {
  routes,
  problems: problemStyle,
  idempotencyKey,
  maxBodyBytes,
  loggedOf: (parameters) => {
    const order = orderPath.safeParse(parameters);
    if (order.success) return { orderId: order.data.id };
    const product = productPath.safeParse(parameters);
    return product.success ? { productId: product.data.id } : {};
  },
};
