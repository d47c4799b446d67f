import { matchesEveryResource, namesNoResource } from "../../../lib/policy/breadth";
import { statementsOf } from "../../../lib/policy/statements";
import { unknownText } from "../../../lib/policy/statements";

describe("the pattern of an ARN", () => {
  it.each([
    "*",
    "**",
    "*?",
    "?*",
    "arn:*",
    "arn:aws:*",
    "arn:*:*",
    "arn:aws:s3*",
    "arn:aws:s3:*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::?*",
    "arn:aws:s3:::*/*",
    "arn:aws:*:*:*:*",
    "arn:aws:*:*:*:table/*",
    "arn:aws:sqs:*:*:*",
    "arn:aws:sqs:eu-central-1:123456789012:*",
    "arn:aws:logs:*:*:*",
    "arn:aws:dynamodb:eu-central-1:123456789012:table/*",
    "arn:aws:dynamodb:eu-central-1:123456789012:table*",
    "arn:aws:dynamodb:eu-central-1:123456789012:table/**",
    "arn:aws:dynamodb:eu-central-1:123456789012:table/*/index/*",
    "arn:aws:dynamodb:*table/*",
    "arn:aws:lambda:eu-central-1:123456789012:function:*",
    "arn:aws:logs:eu-central-1:123456789012:log-group:*:*",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:*-??????",
    "arn:aws:iam::123456789012:role/*",
    "arn:aws:apigateway:eu-central-1::/*",
    "arn:aws:apigateway:eu-central-1::/restapis/*",
  ])("means every resource, or all of a kind: %s", (pattern) => {
    expect(matchesEveryResource(pattern)).toBe(true);
  });

  it.each([
    unknownText,
    "arn:aws:s3:::audit",
    "arn:aws:s3:::audit/*",
    "arn:aws:s3:::audit*",
    "arn:aws:s3:*:*:audit",
    "arn:aws:s3:::${aws:PrincipalAccount}-*",
    "arn:aws:dynamodb:*:*:table/payments",
    "arn:aws:dynamodb:*:table/payments",
    "arn:aws:dynamodb:eu-central-1:123456789012:table/payments/index/*",
    "arn:aws:dynamodb:eu-central-1:123456789012:table/pay*",
    "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/*",
    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/pay:*",
    "arn:aws:rds-db:eu-central-1:123456789012:dbuser:*/payments",
    "arn:aws:iam::*:root",
    "arn:aws:iam::*:user/${aws:username}",
    "*payments",
  ])("names something: %s", (pattern) => {
    expect(matchesEveryResource(pattern)).toBe(false);
  });
});

it("a statement names no resource when one of its resources means every one, or when it says which not", () => {
  const names = (part: Readonly<Record<string, unknown>>) =>
    statementsOf({ Statement: { Effect: "Allow", ...part } })?.map(namesNoResource);

  expect(names({ Resource: ["arn:aws:s3:::audit", "arn:aws:s3:::*"] })).toEqual([true]);
  expect(names({ NotResource: "arn:aws:s3:::audit" })).toEqual([true]);
  expect(names({ Resource: "arn:aws:s3:::audit" })).toEqual([false]);
});
