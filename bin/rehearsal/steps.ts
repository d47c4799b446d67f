import { deploymentSteps } from "./deployment-steps";
import { preparationSteps } from "./preparation-steps";
import type { Rehearsal } from "./rehearsal";
import { removalSteps } from "./removal-steps";
import type { Step } from "./run-steps";
import { useSteps } from "./use-steps";

/** The steps of a rehearsal, in their order; to keep the stack is to leave out the last ones. */
export function rehearsalSteps(rehearsal: Rehearsal, { keep }: { readonly keep: boolean }): Step[] {
  return [
    ...preparationSteps(rehearsal),
    ...deploymentSteps(rehearsal),
    ...useSteps(rehearsal),
    ...(keep ? [] : removalSteps(rehearsal)),
  ];
}
