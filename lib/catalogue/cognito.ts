import type { FactsByType } from "./facts";

/** What is known of the resource types of Cognito. */
export const cognitoFacts: FactsByType = {
  "aws:cognito/userGroup:UserGroup": {
    nameLimit: undefined,
    // who is in it
    holdsData: true,
    cost: { free: "part of the user pool" },
    rules: { notNeeded: "names users; what its members may do is for who reads their tokens" },
    drawn: "read",
    reads: [{ actions: ["cognito-idp:GetGroup"] }],
    writes: [{ actions: ["cognito-idp:CreateGroup", "cognito-idp:UpdateGroup"], on: "userPools" }],
    deletes: [{ actions: ["cognito-idp:DeleteGroup"], on: "userPools" }],
  },
  "aws:cognito/userPool:UserPool": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "users",
    reads: [
      {
        actions: ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"],
      },
    ],
    writes: [
      { actions: ["cognito-idp:CreateUserPool"] },
      {
        actions: [
          "cognito-idp:AddCustomAttributes",
          "cognito-idp:SetUserPoolMfaConfig",
          "cognito-idp:TagResource",
          "cognito-idp:UntagResource",
          "cognito-idp:UpdateUserPool",
        ],
        on: "userPools",
      },
    ],
    deletes: [{ actions: ["cognito-idp:DeleteUserPool"], on: "userPools" }],
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: false,
    cost: { free: "part of the user pool: only clients of machines are charged" },
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["cognito-idp:DescribeUserPoolClient"] }],
    writes: [
      {
        actions: ["cognito-idp:CreateUserPoolClient", "cognito-idp:UpdateUserPoolClient"],
        on: "userPools",
      },
    ],
    deletes: [{ actions: ["cognito-idp:DeleteUserPoolClient"], on: "userPools" }],
  },
};
