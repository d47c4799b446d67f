import type { PolicyDocument } from "./policy";

const issuer = "token.actions.githubusercontent.com";

/** Which runs may assume a role. */
export interface TrustedRuns {
  readonly account: string;
  /** As GitHub's tokens name it: `OWNER/NAME`. */
  readonly repository: string;
  /** The GitHub environment that the job names. */
  readonly environment: string;
  /** Files in `.github/workflows` whose jobs assume the role. */
  readonly workflows: readonly string[];
}

/**
 * Who may assume a role: a job in one environment, of certain workflows as they are on main. A job with an environment
 * has that as its subject, whatever its branch; so the branch is a condition too, twice.
 */
export function trustPolicy(runs: TrustedRuns): PolicyDocument {
  const { account, repository, environment, workflows } = runs;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Main",
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `repo:${repository}:environment:${environment}`,
            [`${issuer}:ref`]: "refs/heads/main",
            [`${issuer}:job_workflow_ref`]: workflows.map(
              (file) => `${repository}/.github/workflows/${file}@refs/heads/main`,
            ),
          },
        },
      },
    ],
  };
}
