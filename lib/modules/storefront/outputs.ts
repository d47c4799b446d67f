import { outputsIn } from "../../core/outputs";

const network = outputsIn("Storefront: network");
const tables = outputsIn("Storefront: tables and bucket");
const functions = outputsIn("Storefront: functions");
const api = outputsIn("Storefront: API");
const users = outputsIn("Storefront: sign-in");
const stack = outputsIn("Storefront: stack");

/**
 * The outputs of the storefront module. Programs of a shop know most of them by these names, which begin with a
 * capital; what concerns the stack too has the same value as the stack's own.
 */
export const storefrontOutputs = {
  VpcId: network.text("Id of the VPC."),
  VpcCidr: network.optionalText("The VPC's addresses, where they are known."),
  PublicSubnetIds: network.list("One a zone."),
  PrivateSubnetIds: network.list("One a zone, for the functions."),
  SecurityGroupId: network.text("The security group of the functions that call DynamoDB only."),
  SecurityGroupArn: network.text("Its ARN."),
  OutwardSecurityGroupId: network.text(
    "The security group of the functions that call the payments API and the user pool.",
  ),
  OutwardSecurityGroupArn: network.text("Its ARN."),

  ProductsTableName: tables.text("The table of products."),
  ProductsTableArn: tables.text("Its ARN."),
  OrdersTableName: tables.text("The table of orders."),
  OrdersTableArn: tables.text("Its ARN."),
  UsersTableName: tables.text("The table of what is known of users."),
  UsersTableArn: tables.text("Its ARN."),
  StorefrontIdempotencyTableName: tables.text("The table of the responses under idempotency keys."),
  StorefrontIdempotencyTableArn: tables.text("Its ARN."),
  StorefrontDeadLetterBucketName: tables.text(
    "The bucket of changes of payments that could not be settled before they expired.",
  ),
  StorefrontDeadLetterBucketArn: tables.text("Its ARN."),

  ProductsLambdaArn: functions.text("The function that serves products and stock."),
  ProductsLambdaName: functions.text("Its name."),
  ProductsLambdaInvokeArn: functions.text("What API Gateway calls to invoke it."),
  ProductsLambdaRoleArn: functions.text("Its role."),
  ProductsLambdaRoleName: functions.text("The role's name."),
  ProductsLambdaLogGroupArn: functions.text("Its log group."),
  ProductsLambdaLogGroupName: functions.text("The log group's name."),
  OrdersLambdaArn: functions.text("The function that serves orders."),
  OrdersLambdaName: functions.text("Its name."),
  OrdersLambdaInvokeArn: functions.text("What API Gateway calls to invoke it."),
  OrdersLambdaRoleArn: functions.text("Its role."),
  OrdersLambdaRoleName: functions.text("The role's name."),
  OrdersLambdaLogGroupArn: functions.text("Its log group."),
  OrdersLambdaLogGroupName: functions.text("The log group's name."),
  UsersLambdaArn: functions.text("The function that serves what is known of users."),
  UsersLambdaName: functions.text("Its name."),
  UsersLambdaInvokeArn: functions.text("What API Gateway calls to invoke it."),
  UsersLambdaRoleArn: functions.text("Its role."),
  UsersLambdaRoleName: functions.text("The role's name."),
  UsersLambdaLogGroupArn: functions.text("Its log group."),
  UsersLambdaLogGroupName: functions.text("The log group's name."),
  SettleOrdersLambdaArn: functions.text("The function that settles payments with their orders."),
  SettleOrdersLambdaName: functions.text("Its name."),
  SettleOrdersLambdaRoleArn: functions.text("Its role."),
  SettleOrdersLambdaRoleName: functions.text("The role's name."),
  SettleOrdersLambdaLogGroupArn: functions.text("Its log group."),
  SettleOrdersLambdaLogGroupName: functions.text("The log group's name."),
  SettleOrdersStreamMappingId: functions.text(
    "What invokes it with every change of a payment; UUID of the event source mapping.",
  ),
  SettleOrdersStreamMappingArn: functions.text("Its ARN."),
  ExpireOrdersLambdaArn: functions.text("The function that ends orders that nobody pays."),
  ExpireOrdersLambdaName: functions.text("Its name."),
  ExpireOrdersLambdaRoleArn: functions.text("Its role."),
  ExpireOrdersLambdaRoleName: functions.text("The role's name."),
  ExpireOrdersLambdaLogGroupArn: functions.text("Its log group."),
  ExpireOrdersLambdaLogGroupName: functions.text("The log group's name."),
  ExpireOrdersScheduleArn: functions.text("What invokes it: an EventBridge rule."),
  ExpireOrdersScheduleName: functions.text("Its name."),
  ReconcileOrdersLambdaArn: functions.text("The function that compares orders with payments."),
  ReconcileOrdersLambdaName: functions.text("Its name."),
  ReconcileOrdersLambdaRoleArn: functions.text("Its role."),
  ReconcileOrdersLambdaRoleName: functions.text("The role's name."),
  ReconcileOrdersLambdaLogGroupArn: functions.text("Its log group."),
  ReconcileOrdersLambdaLogGroupName: functions.text("The log group's name."),
  ReconcileOrdersScheduleArn: functions.text("What invokes it: an EventBridge rule."),
  ReconcileOrdersScheduleName: functions.text("Its name."),

  ApiGatewayId: api.text("Id of the storefront's REST API."),
  ApiGatewayName: api.text("Its name."),
  ApiGatewayArn: api.text("Its ARN."),
  ApiGatewayRootResourceId: api.text("Id of its root resource."),
  ApiGatewayExecutionArn: api.text("The start of the ARNs that policies let callers invoke."),
  ApiGatewayUrl: api.text("The URL to call, without a slash at its end."),
  ApiGatewayStageName: api.text("Name of its stage."),
  ApiGatewayStageArn: api.text("ARN of its stage."),
  ApiGatewayAccessLogGroupArn: api.text("Log group of its access log."),
  ApiGatewayAccessLogGroupName: api.text("The log group's name."),
  ApiGatewayExecutionLogGroupArn: api.text("Log group of what fails inside API Gateway."),
  ApiGatewayExecutionLogGroupName: api.text("The log group's name."),
  ShopDomain: api.optionalText("Its own domain, where it has one."),
  ShopDomainTarget: api.optionalText("The regional name that the domain is an alias of."),
  ShopDomainTargetZoneId: api.optionalText("The zone of that name."),
  ShopDomainCertificateArn: api.optionalText("The domain's certificate."),
  ShopZoneId: api.optionalText("The given zone that resolves the domain."),
  ShopZoneArn: api.optionalText("Its ARN."),
  ShopWebAclArn: api.optionalText("The web ACL in front of it, where there is one."),
  ShopWebAclId: api.optionalText("Its id."),
  ShopWebAclLogGroupArn: api.optionalText("Log group of the web ACL."),
  ShopWebAclLogGroupName: api.optionalText("The log group's name."),

  UserPoolId: users.optionalText("The user pool that customers sign in at, where there is one."),
  UserPoolArn: users.optionalText("Its ARN."),
  UserPoolClientId: users.optionalText(
    "The public client that a shop's pages sign in with, where the stack has made the pool.",
  ),
  UserPoolIssuer: users.optionalText("Issuer of its tokens, where the stack has made the pool."),

  Environment: stack.text("What the stack is shaped like: dev, staging or prod."),
  Region: stack.text("The AWS region."),
};
