import { endpoint } from "../../http/router";
import { routes } from "../api/routes";
import type { StoredOrder } from "../domain/order";
import { linked, startedToPay } from "../domain/transitions";
import { orderAction } from "./order-action";
import type { ActionDependencies, ActionOutcome } from "./order-action";

/**
 * Asks for the payments of orders. First the order becomes PAYING, so that whoever ends it knows that a payment may
 * exist; then the payments are asked, under a key of the order's; then the order is linked to its payment. A request
 * that was interrupted goes on where it stopped, with the same key or another.
 */
export function payEndpoints(dependencies: ActionDependencies) {
  const { store, payments, now } = dependencies;
  const pay = async (order: StoredOrder): Promise<ActionOutcome | undefined> => {
    const refusal = refusalOf(order, now());
    if (refusal !== undefined) return refusal;
    if (order.paymentId !== undefined) return { result: "done", order };
    const paying = order.status === "PAYING" ? order : startedToPay(order);
    if (paying !== order) {
      const { result } = await store.change({ order: paying });
      if (result !== "written") return undefined;
    }
    return { result: "changed", order: linked(paying, await payments.create(paying)) };
  };
  return [endpoint(routes.payOrder, orderAction(dependencies, "pay", pay))];
}

/** Why an order cannot be paid, any more. */
function refusalOf(
  { status, ending, expiresAt }: StoredOrder,
  now: number,
): ActionOutcome | undefined {
  if (status === "PAYING")
    return ending && { result: "refused", status, detail: "The order is about to end unpaid" };
  const current = status === "PENDING" && expiresAt <= now ? "EXPIRED" : status;
  if (current === "PENDING") return undefined;
  return {
    result: "refused",
    status: current,
    detail: `The order cannot be paid: it is ${current}`,
  };
}
