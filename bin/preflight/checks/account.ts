import type { Check } from "../check";
import type { Finding } from "../finding";

/** Who deploys where, and whether that is what was meant. */
export const accountCheck: Check = {
  name: "account",
  permissions: [],
  run: ({ identity, region, deployer, state }) => {
    const findings: Finding[] = [];
    if (deployer.endsWith(":root")) {
      findings.push({
        level: "warning",
        what: "these are the credentials of the account's root user, whom no policy limits",
        where: deployer,
        whatToDo: "deploy as a role: docs/pipeline.md has the policies",
      });
    } else {
      findings.push({
        level: "ok",
        what: `account ${identity.account}, ${region}`,
        where: identity.arn,
      });
    }
    const other = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? region;
    if (other !== region) {
      findings.push({
        level: "warning",
        what: `the stack deploys to ${region}, the environment names ${other}`,
        where: "AWS_REGION",
        whatToDo: "nothing, if the stack's file is right: aws:region there is what counts",
      });
    }
    if ("unknown" in state) {
      findings.push({
        level: "warning",
        what: `what is deployed already is not known: ${state.unknown}`,
        where: "the stack's state",
        whatToDo:
          "right before the first deployment; after it, put the Pulumi CLI on PATH and sign in, or add --state FILE",
      });
    }
    return Promise.resolve(findings);
  },
};
