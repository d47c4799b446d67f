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
    reads: { actions: ["cognito-idp:GetGroup"] },
  },
  "aws:cognito/userPool:UserPool": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "users",
    reads: {
      actions: ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"],
    },
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: false,
    cost: { free: "part of the user pool: only clients of machines are charged" },
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["cognito-idp:DescribeUserPoolClient"] },
  },
};
