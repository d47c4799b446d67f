import { reads, writes } from "../../foundation/check";

/** What can be checked of the storefront of a deployed stack. */
export const storefrontChecks = {
  storefront: reads("storefront"),
  "order-reconciliation": writes("storefront-reconciliation"),
};
