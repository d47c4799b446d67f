import { outputs } from "./deployed";

const arn = (service: string, rest: string) =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d*:?${rest}`);

/** What each kind of output looks like; every output must be of one of them. */
const patterns: Readonly<Record<string, RegExp>> = {
  accountId: /^\d{12}$/,
  region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  vpcId: /^vpc-[0-9a-f]{8,17}$/,
  vpcArn: arn("ec2", "vpc/vpc-"),
  vpcCidr: /^\d+\.\d+\.\d+\.\d+\/\d+$/,
  lambdaSecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  databaseSecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  endpointSecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  kmsKeyArn: arn("kms", "key/"),
  dataKeyArn: arn("kms", "key/"),
  dbArn: arn("rds", "db:payments-"),
  dbEndpoint: /^[\w.-]+:\d+$/,
  dbResourceId: /^db-/,
  dbMasterSecretArn: arn("secretsmanager", "secret:"),
  dynamoTableArn: arn("dynamodb", "table/payments-"),
  dynamoStreamArn: arn("dynamodb", "table/payments-.*/stream/"),
  auditBucketArn: arn("s3", ":payments-"),
  deadLetterBucketArn: arn("s3", ":payments-"),
  lambdaArn: arn("lambda", "function:payments-"),
  lambdaInvokeArn: /:lambda:path\/2015-03-31\/functions\/arn:.*\/invocations$/,
  lambdaRoleArn: arn("iam", "role/"),
  lambdaLogGroupArn: arn("logs", "log-group:/aws/lambda/"),
  migrateLambdaArn: arn("lambda", "function:payments-"),
  ledgerLambdaArn: arn("lambda", "function:payments-"),
  reconcileLambdaArn: arn("lambda", "function:payments-"),
  reconcileScheduleArn: arn("events", "rule/payments-"),
  apiEndpoint: /^https?:\/\/[^/]+\/.+[^/]$/,
  apiId: /^[a-z0-9]{8,10}$/,
  apiArn: arn("apigateway", ":/restapis/"),
  apiExecutionArn: arn("execute-api", "[a-z0-9]+"),
  apiStageArn: arn("apigateway", ":/restapis/.*/stages/"),
  alarmTopicArn: arn("sns", "payments-"),
  dashboardArn: arn("cloudwatch", "dashboard/payments-"),
};

describe("the outputs", () => {
  it.each(Object.keys(patterns))("have a %s that looks like one", (name) => {
    expect(outputs[name]).toMatch(patterns[name] ?? /^$/);
  });

  it("name an environment, and hold no empty value", () => {
    expect(["dev", "staging", "prod"]).toContain(outputs["environment"]);
    for (const [name, value] of Object.entries(outputs)) {
      expect([name, value]).not.toEqual([name, ""]);
      expect([name, value]).not.toEqual([name, null]);
    }
  });

  it("hold no secret", () => {
    expect(JSON.stringify(outputs)).not.toMatch(/PRIVATE KEY|"password"/i);
  });
});
