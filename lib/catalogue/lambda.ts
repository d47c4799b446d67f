import type { FactsByType } from "./facts";

/** What is known of the resource types of Lambda. */
export const lambdaFacts: FactsByType = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["lambda:GetEventSourceMapping", "lambda:ListTags"] }],
    writes: [
      {
        actions: ["lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"],
        on: "mappings",
      },
      { actions: ["lambda:TagResource", "lambda:UntagResource"], on: "mappingTags" },
    ],
    deletes: [{ actions: ["lambda:DeleteEventSourceMapping"], on: "mappings" }],
  },
  "aws:lambda/function:Function": {
    nameLimit: { argument: "name", max: 64 },
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "function",
    // GetFunction also returns a URL of the code, which expires after ten minutes; the code is that of this repository
    reads: [
      {
        actions: [
          "lambda:GetFunction",
          "lambda:GetFunctionCodeSigningConfig",
          "lambda:GetFunctionConcurrency",
          "lambda:GetFunctionConfiguration",
          "lambda:ListTags",
          "lambda:ListVersionsByFunction",
        ],
        on: "lambda",
      },
    ],
    writes: [
      {
        actions: [
          "lambda:CreateFunction",
          "lambda:DeleteFunctionConcurrency",
          "lambda:PutFunctionConcurrency",
          "lambda:TagResource",
          "lambda:UntagResource",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
        ],
        on: "lambda",
      },
      { actions: ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"] },
    ],
    deletes: [
      { actions: ["lambda:DeleteFunction"], on: "lambda" },
      { actions: ["ec2:DescribeNetworkInterfaces"] },
    ],
  },
  "aws:lambda/invocation:Invocation": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "charged as an invocation, at its function" },
    rules: { notNeeded: "invokes a function, which is evaluated itself" },
    drawn: "read",
    // its result is in the state only
    reads: [{ actions: [] }],
    writes: [{ actions: ["lambda:InvokeFunction"], on: "lambda" }],
    deletes: [],
  },
  "aws:lambda/permission:Permission": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the function" },
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["lambda:GetPolicy"], on: "lambda" }],
    writes: [{ actions: ["lambda:AddPermission"], on: "lambda" }],
    deletes: [{ actions: ["lambda:RemovePermission"], on: "lambda" }],
  },
};
