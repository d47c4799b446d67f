import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { environmentOfStack } from "../../lib/core/stack-file";
import { ruleIds } from "../../lib/policy/audit";
import { policies } from "../../lib/policy/policies";
import { readSuppressions } from "../../lib/policy/suppressions";

const root = path.resolve(__dirname, "../..");

new PolicyPack("payment-stack", {
  policies: policies({
    suppressions: readSuppressions(path.join(__dirname, "suppressions.yaml"), ruleIds),
    environmentOf: (stack) => environmentOfStack(root, stack),
  }),
});
