import { outputsIn } from "../core/outputs";

const stack = outputsIn("Stack");
const network = outputsIn("Network");
const keys = outputsIn("Keys");
const monitoring = outputsIn("Monitoring");

/** The outputs of what every module is built on. */
export const foundationOutputs = {
  environment: stack.text("What the stack is shaped like: dev, staging or prod."),
  environmentSuffix: stack.text("The part of the physical names that differs from other stacks'."),
  accountId: stack.text("The AWS account, 12 digits."),
  region: stack.text("The AWS region."),

  vpcId: network.text("Id of the VPC."),
  vpcArn: network.optionalText("ARN of the VPC, where the stack has made it."),
  vpcCidr: network.optionalText("The VPC's addresses, where they are known."),
  publicSubnetIds: network.list("One a zone, for load balancers and NAT gateways."),
  privateSubnetIds: network.list("One a zone, for functions and the database."),
  natPublicIps: network.list(
    "The addresses that the private subnets call the internet from; none where there is no NAT gateway.",
  ),
  flowLogGroupArn: network.optionalText("ARN of the log group of the VPC's flow log."),
  flowLogGroupName: network.optionalText("Its name."),
  endpointSecurityGroupId: network.text("The security group of the interface endpoints."),
  endpointSecurityGroupArn: network.optionalText("Its ARN, where the stack has made it."),

  dataKeyId: keys.text("The key of tables, buckets, logs, alarms and secrets."),
  dataKeyArn: keys.text("Its ARN."),

  alarmTopicArn: monitoring.text("The topic that every alarm notifies."),
  alarmArns: monitoring.map("ARN of each alarm by its purpose: `database-cpu`, `api-5xx`, …"),
  dashboardName: monitoring.text("Name of the CloudWatch dashboard."),
  dashboardArn: monitoring.text("Its ARN."),
};
