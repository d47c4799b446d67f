import type { Module, ProgramInputs } from "../contract";
import { buildPayments } from "./build";
import type { PaymentsPorts } from "./build";
import { paymentsChecks } from "./checks";
import { paymentsDifferences } from "./differences";
import { makeFirstPayment } from "./first-use";
import { paymentsNeeds } from "./needs";
import { paymentsDocument } from "./openapi";
import { paymentsOutputs } from "./outputs";
import { paymentsSettings } from "./settings";
import type { PaymentsSettings } from "./settings";
import { paymentsUsage } from "./usage";

/** Makes, stores, reports and reconciles payments; every stack has it. */
export const payments: Module<
  PaymentsSettings,
  typeof paymentsOutputs,
  ProgramInputs,
  PaymentsPorts
> = {
  name: "payments",
  settings: paymentsSettings,
  outputs: paymentsOutputs,
  differences: paymentsDifferences,
  usage: paymentsUsage,
  checks: paymentsChecks,
  firstUse: makeFirstPayment,
  apis: [
    {
      name: "payments",
      urlOutput: "apiEndpoint",
      file: "docs/openapi.json",
      document: paymentsDocument,
    },
  ],
  needs: paymentsNeeds,
  build: buildPayments,
};
