import { endpoint } from "../../http/router";
import { routes } from "../api/routes";
import type { StoredOrder } from "../domain/order";
import { endUnpaid } from "./end-unpaid";
import { orderAction } from "./order-action";
import type { ActionDependencies, ActionOutcome } from "./order-action";

/** Cancels orders that are not paid. One that is canceled already stays so, which is what was asked for. */
export function cancelEndpoints(dependencies: ActionDependencies) {
  const cancel = async (order: StoredOrder): Promise<ActionOutcome | undefined> => {
    const settled = await endUnpaid(dependencies, order, "CANCELED");
    if (settled === undefined) return undefined;
    // the consumer of the payments' stream reports the difference
    if (settled.result === "different")
      return refused(order, "its payment is not what it should be, and somebody has to look at it");
    const { order: after } = settled;
    if (after.status === "CANCELED") return { result: "done", order: after };
    return refused(after, `it is ${after.status}`);
  };
  return [endpoint(routes.cancelOrder, orderAction(dependencies, "cancel", cancel))];
}

function refused({ status }: StoredOrder, why: string): ActionOutcome {
  return { result: "refused", status, detail: `The order cannot be canceled: ${why}` };
}
