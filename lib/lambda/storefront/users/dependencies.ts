import type { Authorization } from "../../http/caller";
import type { OrderStore } from "../store/order-store";
import type { UserStore } from "../store/user-store";
import type { DeleteAccount } from "./account";

/** What the operations work with; tests substitute it. */
export interface Dependencies {
  readonly users: UserStore;
  readonly orders: Pick<OrderStore, "listOf">;
  /** Absent where the accounts are not the shop's own. */
  readonly deleteAccount?: DeleteAccount | undefined;
  /** Who is authorized by the gateway, and so how a user is identified. */
  readonly authorization: Authorization;
}
