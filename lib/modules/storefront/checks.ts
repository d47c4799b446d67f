import { reads, writes } from "../../foundation/check";

/** What can be checked of the storefront of a deployed stack. */
export const storefrontChecks = {
  storefront: reads("storefront"),
  "storefront-sign-in": writes("storefront-sign-in"),
  "storefront-requests": writes("storefront-requests"),
  "storefront-users": writes("storefront-users"),
  "storefront-orders": writes("storefront-orders"),
  "storefront-exactly-once": writes("behaviour/storefront-exactly-once"),
  "storefront-settling": writes("behaviour/storefront-settling"),
  "order-reconciliation": writes("storefront-reconciliation"),
};
