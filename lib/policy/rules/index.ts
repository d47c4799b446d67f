import type { Rule } from "../rule";
import { kmsRules } from "./kms";

/** Every rule of the set. */
export const rules: readonly Rule[] = [...kmsRules];
