import type { FactsByType } from "./facts";

const free = { free: "IAM is free" } as const;

/** What is known of the resource types of IAM. */
export const iamFacts: FactsByType = {
  "aws:iam/role:Role": {
    nameLimit: { argument: "name", max: 64 },
    holdsData: false,
    cost: free,
    rules: "covered",
    drawn: "read",
    reads: [
      {
        actions: [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListRolePolicies",
        ],
        on: "iam",
      },
    ],
    writes: [
      {
        actions: [
          "iam:CreateRole",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
        ],
        on: "iam",
      },
    ],
    deletes: [
      {
        actions: [
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:DetachRolePolicy",
          "iam:ListInstanceProfilesForRole",
        ],
        on: "iam",
      },
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: false,
    cost: free,
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["iam:GetRolePolicy"], on: "iam" }],
    writes: [{ actions: ["iam:PutRolePolicy"], on: "iam" }],
    deletes: [{ actions: ["iam:DeleteRolePolicy"], on: "iam" }],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    nameLimit: undefined,
    holdsData: false,
    cost: free,
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["iam:ListAttachedRolePolicies"], on: "iam" }],
    writes: [{ actions: ["iam:AttachRolePolicy"], on: "attachments" }],
    deletes: [{ actions: ["iam:DetachRolePolicy"], on: "iam" }],
  },
};
