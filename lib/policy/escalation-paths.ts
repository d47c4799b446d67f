/** A set of actions that escalates privileges. */
export interface EscalationPath {
  /** The action that escalates; it does so if it is allowed on every resource. */
  readonly action: string;
  /** The actions that it needs besides, on whatever resource. */
  readonly others: readonly string[];
  /** Whether the action on the identity itself is enough. */
  readonly onItself: boolean;
  /** The service that a role is passed to. */
  readonly passedTo?: string;
}

/** Actions that grant permissions: enough on the identity's own user, group, role or policy. */
const onItself = [
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
];

/**
 * Actions that take over another identity, or run code with its permissions; with the actions that they need besides.
 */
const onOthers: readonly (readonly [action: string, ...others: string[]])[] = [
  ["iam:AddUserToGroup"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:UpdateAssumeRolePolicy"],
  ["iam:UpdateLoginProfile"],
  ["apprunner:UpdateService"],
  ["bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"],
  ["cloudformation:ExecuteChangeSet", "cloudformation:CreateChangeSet"],
  ["cloudformation:UpdateStack"],
  ["codebuild:StartBuild"],
  ["codebuild:StartBuildBatch"],
  ["ec2-instance-connect:SendSSHPublicKey"],
  ["ec2:ModifyInstanceAttribute", "ec2:StartInstances", "ec2:StopInstances"],
  ["ec2:ModifyLaunchTemplate", "ec2:CreateLaunchTemplateVersion"],
  ["ecs:ExecuteCommand"],
  ["glue:UpdateDevEndpoint"],
  ["lambda:UpdateFunctionCode"],
  ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  [
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:StartNotebookInstance",
    "sagemaker:StopNotebookInstance",
  ],
  ["ssm:SendCommand"],
  ["ssm:StartSession"],
];

/** What, with `iam:PassRole`, runs code as the role that is passed; by the service that it is passed to. */
const withPassedRole: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "tasks.apprunner.amazonaws.com": [["apprunner:CreateService"]],
  "bedrock-agentcore.amazonaws.com": [
    [
      "bedrock-agentcore:CreateCodeInterpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ],
  ],
  "cloudformation.amazonaws.com": [
    ["cloudformation:CreateStack"],
    ["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"],
    ["cloudformation:UpdateStackSet"],
  ],
  "codebuild.amazonaws.com": [
    ["codebuild:CreateProject", "codebuild:StartBuild"],
    ["codebuild:CreateProject", "codebuild:StartBuildBatch"],
  ],
  "datapipeline.amazonaws.com": [
    [
      "datapipeline:CreatePipeline",
      "datapipeline:PutPipelineDefinition",
      "datapipeline:ActivatePipeline",
    ],
  ],
  "ec2.amazonaws.com": [["ec2:RunInstances"], ["ec2:RequestSpotInstances"]],
  "ecs-tasks.amazonaws.com": [
    ["ecs:RegisterTaskDefinition", "ecs:CreateService"],
    ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
    ["ecs:RegisterTaskDefinition", "ecs:StartTask"],
  ],
  "glue.amazonaws.com": [
    ["glue:CreateDevEndpoint"],
    ["glue:CreateJob", "glue:CreateTrigger"],
    ["glue:CreateJob", "glue:StartJobRun"],
    ["glue:UpdateJob", "glue:CreateTrigger"],
    ["glue:UpdateJob", "glue:StartJobRun"],
  ],
  "lambda.amazonaws.com": [
    ["lambda:CreateFunction", "lambda:AddPermission"],
    ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    ["lambda:CreateFunction", "lambda:InvokeFunction"],
  ],
  "sagemaker.amazonaws.com": [
    ["sagemaker:CreateNotebookInstance"],
    ["sagemaker:CreateProcessingJob"],
    ["sagemaker:CreateTrainingJob"],
  ],
};

/**
 * The known paths of privilege escalation. Spencer Gietzen described most of them (Rhino Security Labs, "AWS IAM
 * Privilege Escalation: Methods and Mitigation",
 * https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/); https://pathfinding.cloud (Datadog)
 * keeps the list, by which tools such as Cloudsplaining and Bishop Fox's iam-vulnerable go; as of August 2026. Left
 * out is `sts:AssumeRole` alone: the trust of roles decides on it.
 */
export const escalationPaths: readonly EscalationPath[] = [
  ...onItself.map((action) => ({ action, others: [], onItself: true })),
  ...onOthers.map(([action, ...others]) => ({ action, others, onItself: false })),
  ...Object.entries(withPassedRole).flatMap(([passedTo, sets]) =>
    sets.map((others) => ({ action: "iam:PassRole", others, onItself: false, passedTo })),
  ),
];
