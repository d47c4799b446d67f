import * as pulumi from "@pulumi/pulumi";
import { PaymentStack, getEnvironmentConfig } from "payment-stack";

const stack = pulumi.getStack();
const [, pullRequest] = /^pr-([1-9]\d*)$/.exec(stack) ?? [];
if (pullRequest === undefined) {
  throw new pulumi.RunError(
    `found the stack ${stack}; a preview's is named after its pull request: pr-42`,
  );
}
export const expiresOn = new pulumi.Config().require("expiresOn");
if (!/^\d{4}-\d{2}-\d{2}$/.test(expiresOn)) {
  throw new pulumi.RunError(`expiresOn: found ${expiresOn}; allowed: a day such as 2027-01-31`);
}

const payments = new PaymentStack("payments", {
  config: getEnvironmentConfig("dev", {
    environmentSuffix: stack,
    overrides: {
      tags: { PullRequest: pullRequest, ExpiresOn: expiresOn },
      database: { backupRetentionDays: 1 },
      // many previews share what the account has
      functions: { reservedConcurrency: null },
      api: { customDomain: null, accountLogging: "external" },
    },
  }),
});

export const { apiEndpoint, region } = payments.outputs;
