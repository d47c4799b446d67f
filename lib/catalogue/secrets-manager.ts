import type { FactsByType } from "./facts";

/** What is known of the resource types of Secrets Manager. */
export const secretsManagerFacts: FactsByType = {
  "aws:secretsmanager/secret:Secret": {
    nameLimit: { argument: "name", max: 512 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "secret",
    reads: "not deployed",
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the secret" },
    rules: "uncovered",
    drawn: "detail",
    reads: "not deployed",
  },
};
