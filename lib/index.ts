/**
 * The payments platform as a component, its parts as components of their own, and its configuration.
 *
 * @module payment-stack
 */

export { apiRoutes } from "./modules/payments/api-routes";
export { ApiAccountComponent } from "./components/api-account";
export type { ApiAccountComponentArgs } from "./components/api-account";
export { ApiDomainComponent } from "./components/api-domain";
export type { ApiDomainComponentArgs } from "./components/api-domain";
export { ApiGatewayComponent } from "./components/api-gateway";
export type {
  ApiFunction,
  ApiGatewayComponentArgs,
  ApiModel,
  ApiRoute,
} from "./components/api-gateway";
export { DatabaseComponent } from "./components/database";
export type { DatabaseComponentArgs, DatabaseSettings } from "./components/database";
export { DatabaseMigrationComponent } from "./components/database-migration";
export type { DatabaseMigrationComponentArgs } from "./components/database-migration";
export { IdempotencyTableComponent } from "./components/idempotency-table";
export type { IdempotencyTableComponentArgs } from "./components/idempotency-table";
export { DynamoDbComponent } from "./components/dynamodb";
export type { DynamoDbComponentArgs } from "./components/dynamodb";
export { EndpointsComponent } from "./components/endpoints";
export type { EndpointService, EndpointsComponentArgs } from "./components/endpoints";
export { KeysComponent } from "./components/keys";
export type { KeysComponentArgs } from "./components/keys";
export { LambdaComponent } from "./components/lambda";
export type { FunctionSettings, LambdaComponentArgs } from "./components/lambda";
export { MonitoringComponent } from "./components/monitoring";
export type { AlarmTopic, MonitoringComponentArgs } from "./components/monitoring";
export { S3Component } from "./components/s3";
export type { BucketRetention, S3ComponentArgs } from "./components/s3";
export { ScheduleComponent } from "./components/schedule";
export type { ScheduleComponentArgs } from "./components/schedule";
export { SecurityGroupsComponent } from "./components/security-groups";
export type { SecurityGroupsComponentArgs } from "./components/security-groups";
export { StreamConsumerComponent } from "./components/stream-consumer";
export type { StreamConsumerComponentArgs } from "./components/stream-consumer";
export { VpcComponent } from "./components/vpc";
export type { ExistingNetwork, NewNetwork, VpcComponentArgs } from "./components/vpc";
export { WafComponent } from "./components/waf";
export type { WafComponentArgs } from "./components/waf";
export { ConfigurationError, getEnvironmentConfig } from "./config";
export type {
  ConfigurationProblem,
  EnvironmentConfig,
  EnvironmentSettings,
  SettingsDefaults,
  SettingsOverrides,
} from "./config";
export { environmentSettings } from "./environments";
export type { AlarmThresholds } from "./components/monitoring/alarms";
export type { MonitoredResources } from "./components/monitoring/watched";
export type { PaymentStackOutputs } from "./outputs";
export { PaymentStack } from "./payment-stack";
export type { PaymentNetwork, PaymentStackArgs } from "./payment-stack";
export { program } from "./program";
export { readStackConfig } from "./stack-config";
export type { StackConfig } from "./stack-config";
export { inRegion, stackContext } from "./core/context";
export type { ContextSettings } from "./core/context";
export { environmentTypes } from "./types";
export type {
  AwsLocation,
  EnvironmentType,
  LogRetentionDays,
  NameScope,
  StackNames,
  StackContext,
  TagsConfig,
  Transform,
} from "./types";
