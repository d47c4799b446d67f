import type { ModuleUsage } from "../cost/usage";
import { foundationUsage } from "./foundation/usage";
import { paymentsUsage } from "./payments/usage";

/** What each module declares of its use of resources. */
export const moduleUsages: readonly ModuleUsage[] = [paymentsUsage, foundationUsage];
