import type { OptionalModule } from "../contract";
import { buildReceipts } from "./build";
import type { ReceiptsNeeded } from "./build";
import { receiptsDifferences } from "./differences";
import { issueFirstReceipt } from "./first-use";
import { receiptsNeeds } from "./needs";
import { receiptsOutputs } from "./outputs";
import { receiptsSettings } from "./settings";
import type { ReceiptsSettings } from "./settings";
import { receiptsUsage } from "./usage";

/** Issues receipts for payments, where an environment wants it. */
export const receipts: OptionalModule<
  ReceiptsSettings,
  typeof receiptsOutputs,
  ReceiptsNeeded,
  object
> = {
  name: "receipts",
  settings: receiptsSettings,
  outputs: receiptsOutputs,
  differences: receiptsDifferences,
  usage: receiptsUsage,
  checks: {},
  firstUse: issueFirstReceipt,
  isEnabled: (settings) => settings.receipts.enabled,
  switchOn: () => ({ receipts: { enabled: true } }),
  needs: () => receiptsNeeds,
  build: buildReceipts,
};
