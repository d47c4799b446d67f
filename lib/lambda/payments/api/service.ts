import type { Service } from "../../http/service";
import { problemStyle } from "./problem";
import { routes } from "./routes";
import { idempotencyKey } from "../../values/schemas";
import { maxBodyBytes, paymentPath } from "./schemas";

/** The payments API, which two functions serve. */
export const paymentsService: Service = {
  routes,
  problems: problemStyle,
  idempotencyKey,
  maxBodyBytes,
  loggedOf: (parameters) => {
    const { data } = paymentPath.safeParse(parameters);
    return data === undefined ? {} : { transactionId: data.id };
  },
};
