import * as pulumi from "@pulumi/pulumi";
import type { ApiDomainComponent } from "../../components/api-domain";
import type { ApiGatewayComponent } from "../../components/api-gateway";
import type { ScheduleComponent } from "../../components/schedule";
import type { StreamConsumerComponent } from "../../components/stream-consumer";
import type { UserPoolComponent } from "../../components/user-pool";
import type { WafComponent } from "../../components/waf";
import type { OutputsOf } from "../../core/outputs";
import type { Foundation } from "../../foundation/foundation";
import type { StorefrontFunctions } from "./functions";
import type { storefrontOutputs } from "./outputs";
import type { StorefrontStorage } from "./storage";

/** Everything that the storefront has built. */
export interface BuiltStorefront {
  readonly foundation: Foundation;
  readonly storage: StorefrontStorage;
  readonly functions: StorefrontFunctions;
  readonly stream: StreamConsumerComponent;
  readonly schedules: {
    readonly expiry: ScheduleComponent;
    readonly reconciliation: ScheduleComponent;
  };
  readonly api: ApiGatewayComponent;
  readonly domain: ApiDomainComponent | undefined;
  readonly waf: WafComponent | undefined;
  /** The pool that the stack has made. */
  readonly pool: UserPoolComponent | undefined;
  /** The pool that customers sign in at, whoever made it. */
  readonly userPoolArn: pulumi.Output<string> | undefined;
}

/** The values of the storefront's outputs. */
export function storefrontOutputValues(
  built: BuiltStorefront,
): OutputsOf<typeof storefrontOutputs> {
  const { foundation, storage, stream, schedules, api, domain, waf, pool, userPoolArn } = built;
  const { network, context } = foundation;
  const { products, orders, users, settle, expire, reconcile } = built.functions;
  return {
    VpcId: network.vpcId,
    VpcCidr: network.vpcCidr,
    PublicSubnetIds: network.publicSubnetIds,
    PrivateSubnetIds: network.privateSubnetIds,
    SecurityGroupId: foundation.securityGroup("shop").id,
    SecurityGroupArn: foundation.securityGroup("shop").arn,
    OutwardSecurityGroupId: foundation.securityGroup("shop-outward").id,
    OutwardSecurityGroupArn: foundation.securityGroup("shop-outward").arn,

    ProductsTableName: storage.products.tableName,
    ProductsTableArn: storage.products.tableArn,
    OrdersTableName: storage.orders.tableName,
    OrdersTableArn: storage.orders.tableArn,
    UsersTableName: storage.users.tableName,
    UsersTableArn: storage.users.tableArn,
    StorefrontIdempotencyTableName: storage.answers.tableName,
    StorefrontIdempotencyTableArn: storage.answers.tableArn,
    StorefrontDeadLetterBucketName: storage.deadLetters.bucketName,
    StorefrontDeadLetterBucketArn: storage.deadLetters.bucketArn,

    ProductsLambdaArn: products.functionArn,
    ProductsLambdaName: products.functionName,
    ProductsLambdaInvokeArn: products.invokeArn,
    ProductsLambdaRoleArn: products.roleArn,
    ProductsLambdaRoleName: products.roleName,
    ProductsLambdaLogGroupArn: products.logGroupArn,
    ProductsLambdaLogGroupName: products.logGroupName,
    OrdersLambdaArn: orders.functionArn,
    OrdersLambdaName: orders.functionName,
    OrdersLambdaInvokeArn: orders.invokeArn,
    OrdersLambdaRoleArn: orders.roleArn,
    OrdersLambdaRoleName: orders.roleName,
    OrdersLambdaLogGroupArn: orders.logGroupArn,
    OrdersLambdaLogGroupName: orders.logGroupName,
    UsersLambdaArn: users.functionArn,
    UsersLambdaName: users.functionName,
    UsersLambdaInvokeArn: users.invokeArn,
    UsersLambdaRoleArn: users.roleArn,
    UsersLambdaRoleName: users.roleName,
    UsersLambdaLogGroupArn: users.logGroupArn,
    UsersLambdaLogGroupName: users.logGroupName,
    SettleOrdersLambdaArn: settle.functionArn,
    SettleOrdersLambdaName: settle.functionName,
    SettleOrdersLambdaRoleArn: settle.roleArn,
    SettleOrdersLambdaRoleName: settle.roleName,
    SettleOrdersLambdaLogGroupArn: settle.logGroupArn,
    SettleOrdersLambdaLogGroupName: settle.logGroupName,
    SettleOrdersStreamMappingId: stream.mappingId,
    SettleOrdersStreamMappingArn: stream.mappingArn,
    ExpireOrdersLambdaArn: expire.functionArn,
    ExpireOrdersLambdaName: expire.functionName,
    ExpireOrdersLambdaRoleArn: expire.roleArn,
    ExpireOrdersLambdaRoleName: expire.roleName,
    ExpireOrdersLambdaLogGroupArn: expire.logGroupArn,
    ExpireOrdersLambdaLogGroupName: expire.logGroupName,
    ExpireOrdersScheduleArn: schedules.expiry.ruleArn,
    ExpireOrdersScheduleName: schedules.expiry.ruleName,
    ReconcileOrdersLambdaArn: reconcile.functionArn,
    ReconcileOrdersLambdaName: reconcile.functionName,
    ReconcileOrdersLambdaRoleArn: reconcile.roleArn,
    ReconcileOrdersLambdaRoleName: reconcile.roleName,
    ReconcileOrdersLambdaLogGroupArn: reconcile.logGroupArn,
    ReconcileOrdersLambdaLogGroupName: reconcile.logGroupName,
    ReconcileOrdersScheduleArn: schedules.reconciliation.ruleArn,
    ReconcileOrdersScheduleName: schedules.reconciliation.ruleName,

    ApiGatewayId: api.restApiId,
    ApiGatewayName: api.apiName,
    ApiGatewayArn: api.apiArn,
    ApiGatewayRootResourceId: api.rootResourceId,
    ApiGatewayExecutionArn: api.executionArn,
    ApiGatewayUrl: api.invokeUrl,
    ApiGatewayStageName: api.stageName,
    ApiGatewayStageArn: api.stageArn,
    ApiGatewayAccessLogGroupArn: api.accessLogGroupArn,
    ApiGatewayAccessLogGroupName: api.accessLogGroupName,
    ApiGatewayExecutionLogGroupArn: api.executionLogGroupArn,
    ApiGatewayExecutionLogGroupName: api.executionLogGroupName,
    ShopDomain: domain?.domainName,
    ShopDomainTarget: domain?.targetDomainName,
    ShopDomainTargetZoneId: domain?.targetZoneId,
    ShopDomainCertificateArn: domain?.certificateArn,
    ShopZoneId: domain?.zoneId,
    ShopZoneArn: domain?.zoneArn,
    ShopWebAclArn: waf?.webAclArn,
    ShopWebAclId: waf?.webAclId,
    ShopWebAclLogGroupArn: waf?.logGroupArn,
    ShopWebAclLogGroupName: waf?.logGroupName,

    UserPoolId: userPoolArn?.apply((arn) => arn.slice(arn.indexOf("/") + 1)),
    UserPoolArn: userPoolArn,
    UserPoolClientId: pool?.clientId,
    UserPoolIssuer: pool?.issuer,

    Environment: pulumi.output<string>(context.environment),
    Region: context.aws.region,
  };
}
