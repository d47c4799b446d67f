import { PaymentStack } from "./payment-stack";
import type { PaymentStackOutputs } from "./payment-stack";
import { readStackConfig } from "./config";

/**
 * The program: reads the stack's configuration, builds its {@link PaymentStack} and returns the
 * outputs. `bin/payment.ts` hands it to `pulumi up`; the Automation API takes it as an inline program.
 *
 * @throws `ConfigurationError` before anything is registered, if the configuration has problems.
 *
 * @example
 * ```ts
 * import { LocalWorkspace } from "@pulumi/pulumi/automation";
 * import { program } from "payment-stack";
 *
 * const stack = await LocalWorkspace.createOrSelectStack({
 *   projectName: "payments",
 *   stackName: "dev",
 *   program: () => Promise.resolve(program()),
 * });
 * await stack.up();
 * ```
 */
export function program(): PaymentStackOutputs {
  return new PaymentStack("payments", readStackConfig()).outputs;
}
