import type { Module, ProgramInputs } from "../contract";
import { buildPayments } from "./build";
import { paymentsChecks } from "./checks";
import { paymentsDifferences } from "./differences";
import { makeFirstPayment } from "./first-use";
import { paymentsNeeds } from "./needs";
import { paymentsOutputs } from "./outputs";
import { paymentsSettings } from "./settings";
import type { PaymentsSettings } from "./settings";
import { paymentsUsage } from "./usage";

/** Makes, stores, reports and reconciles payments; every stack has it. */
export const payments: Module<PaymentsSettings, typeof paymentsOutputs, ProgramInputs, object> = {
  name: "payments",
  settings: paymentsSettings,
  outputs: paymentsOutputs,
  differences: paymentsDifferences,
  usage: paymentsUsage,
  checks: paymentsChecks,
  firstUse: makeFirstPayment,
  needs: () => paymentsNeeds,
  build: buildPayments,
};
