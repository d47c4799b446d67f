import type { Use } from "./comparison";

/** What a service of AWS does as a function's role, where no recording of the function's calls can see it. */
export interface ServiceUse extends Use {
  readonly why: string;
  /** Where AWS says so. */
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/lambda/latest/dg";

/** What Lambda does as the role of each function. */
export function lambdaUses(logGroupArn: string): ServiceUse[] {
  const uses = (
    actions: readonly string[],
    resource: string,
    more: Pick<ServiceUse, "why" | "source">,
  ) => actions.map((action) => ({ action, resource, ...more }));
  return [
    ...uses(["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn}:log-stream:any`, {
      why: "Lambda writes what a function logs",
      source: `${guide}/monitoring-cloudwatchlogs.html`,
    }),
    ...uses(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*", {
      why: "Lambda's X-Ray daemon sends a function's traces",
      source: `${guide}/services-xray.html`,
    }),
    ...uses(
      [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      "*",
      {
        why: "Lambda makes the network interfaces by which a function is in its subnets",
        source: `${guide}/configuration-vpc.html#configuration-vpc-permissions`,
      },
    ),
  ];
}

/** What Lambda does besides as the role of a function that a table's stream feeds. */
export function streamUses(streamArn: string, onFailureBucketArn: string): ServiceUse[] {
  const read = {
    why: "Lambda reads the stream and hands the records to the function",
    source: `${guide}/services-dynamodb-eventsourcemapping.html`,
  };
  const keep = {
    why: "Lambda writes a batch there that was not taken while the stream kept it",
    source: `${guide}/kinesis-on-failure-destination.html`,
  };
  return [
    ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((operation) => ({
      action: `dynamodb:${operation}`,
      resource: streamArn,
      ...read,
    })),
    { action: "s3:ListBucket", resource: onFailureBucketArn, ...keep },
    { action: "s3:PutObject", resource: `${onFailureBucketArn}/aws/lambda/any`, ...keep },
  ];
}
