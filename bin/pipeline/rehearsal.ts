import type { PolicyDocument } from "./policy";
import { trustPolicy } from "./trust";

/** The account of the rehearsals, and who runs them. */
export interface RehearsalPipeline {
  readonly account: string;
  readonly region: string;
  /** As GitHub's tokens name it: `OWNER/NAME`. */
  readonly repository: string;
  /** The bucket with the states of the rehearsals. */
  readonly stateBucket: string;
}

/** The role of the rehearsals, with what it may do beside dev's roles `deploy` and `check`. */
export function rehearsalRole(pipeline: RehearsalPipeline): {
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
} {
  const { account, repository } = pipeline;
  const workflows = ["rehearsal.yml"];
  return {
    trust: trustPolicy({ account, repository, environment: "rehearsal", workflows }),
    permissions: permissions(pipeline),
  };
}

function permissions({ account, region, stateBucket }: RehearsalPipeline): PolicyDocument {
  const bucket = `arn:aws:s3:::${stateBucket}`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "States",
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        Resource: `${bucket}/.pulumi/*`,
      },
      {
        Sid: "StateNames",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: bucket,
      },
      {
        Sid: "ForcedAlarm",
        Effect: "Allow",
        Action: ["cloudwatch:SetAlarmState"],
        Resource: `arn:aws:cloudwatch:${region}:${account}:alarm:payments-dev-*-rehearsal-*`,
      },
      {
        Sid: "Subscription",
        Effect: "Allow",
        Action: ["sns:ListSubscriptionsByTopic", "sns:Subscribe"],
        Resource: `arn:aws:sns:${region}:${account}:payments-dev-*-rehearsal-*`,
      },
      {
        Sid: "Queue",
        Effect: "Allow",
        Action: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:ReceiveMessage", "sqs:TagQueue"],
        Resource: `arn:aws:sqs:${region}:${account}:rehearsal-*`,
      },
      {
        // a list is of the whole account, and an end of a subscription of none of its resources
        Sid: "Lists",
        Effect: "Allow",
        Action: [
          "cloudwatch:ListDashboards",
          "dynamodb:ListBackups",
          "ec2:DescribeNetworkInterfaces",
          "iam:ListRoles",
          "kms:DescribeKey",
          "kms:ListAliases",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "rds:DescribeDBSnapshots",
          "secretsmanager:ListSecrets",
          "sns:Unsubscribe",
          "tag:GetResources",
        ],
        Resource: "*",
      },
    ],
  };
}
