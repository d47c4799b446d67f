/**
 * The payments platform as a component, its parts as components of their own, and its configuration.
 *
 * @module payment-stack
 */

export { apiRoutes } from "./modules/payments/api-routes";
export { ApiAccountComponent } from "./components/api-account";
export type { ApiAccountComponentArgs } from "./components/api-account";
export { ApiDomainComponent } from "./components/api-domain";
export type { ApiDomainComponentArgs, ExistingApiZone, NewApiZone } from "./components/api-domain";
export { ApiEndpointComponent } from "./components/api-endpoint";
export type { ApiEndpoint, ApiEndpointComponentArgs } from "./components/api-endpoint";
export { ApiGatewayComponent } from "./components/api-gateway";
export { corsRequestHeaders } from "./components/api-gateway/cors";
export type {
  ApiAuthorization,
  ApiCacheSize,
  ApiFunction,
  ApiGatewayComponentArgs,
  ApiModel,
  ApiOperation,
  ApiRoute,
  ApiUsagePlan,
  CachedRoute,
  ExistingApiKey,
  FunctionIntegration,
  ServiceIntegration,
  UncachedRoute,
} from "./components/api-gateway";
export { DatabaseComponent } from "./components/database";
export type {
  DatabaseComponentArgs,
  DatabaseDescriptions,
  DatabaseSettings,
} from "./components/database";
export { DatabaseMigrationComponent } from "./components/database-migration";
export type { DatabaseMigrationComponentArgs } from "./components/database-migration";
export { IdempotencyTableComponent } from "./components/idempotency-table";
export type { IdempotencyTableComponentArgs } from "./components/idempotency-table";
export { DynamoDbComponent } from "./components/dynamodb";
export type { DynamoDbComponentArgs } from "./components/dynamodb";
export type { AutoscaledCapacity, CapacityRange, Units } from "./components/shared/table-capacity";
export type {
  KeyAttribute,
  StreamView,
  TableIndex,
  TableKey,
  TableOptions,
} from "./components/shared/table";
export { EndpointsComponent } from "./components/endpoints";
export type { EndpointsComponentArgs } from "./components/endpoints";
export { uniteEndpointNeeds } from "./core/endpoint-policy";
export type { EndpointNeeds, IamAction } from "./core/endpoint-policy";
export { KeysComponent, keysWithUses } from "./components/keys";
export type { ExistingKey, KeysComponentArgs, NewKey } from "./components/keys";
export type { KeyUse } from "./components/keys/policy";
export { LambdaComponent } from "./components/lambda";
export type { FunctionNetwork, FunctionSettings, LambdaComponentArgs } from "./components/lambda";
export type { ExistingRole, NewFunctionRole } from "./components/lambda/role";
export { MonitoringComponent } from "./components/monitoring";
export type { AlarmTopic, MonitoringComponentArgs } from "./components/monitoring";
export type { Alarm, AlarmMetric } from "./components/monitoring/alarm";
export { apiAlarms, apiGraphs } from "./components/monitoring/api";
export type { ApiThresholds, MonitoredApi, WebAclMetrics } from "./components/monitoring/api";
export { certificateAlarm, certificateGraph } from "./components/monitoring/certificate";
export type {
  CertificateThresholds,
  MonitoredCertificate,
} from "./components/monitoring/certificate";
export type { AlarmLine, Graph, GraphRow } from "./components/monitoring/dashboard-graph";
export { databaseAlarms, databaseGraphs } from "./components/monitoring/database";
export type { DatabaseThresholds, MonitoredDatabase } from "./components/monitoring/database";
export { functionAlarms, functionGraphs } from "./components/monitoring/functions";
export type { FunctionThresholds, MonitoredFunction } from "./components/monitoring/functions";
export type { Labelled } from "./components/monitoring/labelled";
export {
  discardedChangesAlarms,
  discardedChangesGraph,
  streamAgeAlarm,
  streamAgeGraph,
} from "./components/monitoring/stream-consumer";
export type {
  StreamThresholds,
  MonitoredStreamConsumer,
} from "./components/monitoring/stream-consumer";
export { tableAlarms, tableGraphs } from "./components/monitoring/table";
export type { MonitoredTable } from "./components/monitoring/table";
export { S3Component } from "./components/s3";
export type { BucketRetention, S3ComponentArgs } from "./components/s3";
export { ScheduleComponent } from "./components/schedule";
export type { ScheduleComponentArgs } from "./components/schedule";
export { SecurityGroupsComponent } from "./components/security-groups";
export type {
  ExistingSecurityGroup,
  Flow,
  NewSecurityGroup,
  SecurityGroupsComponentArgs,
} from "./components/security-groups";
export { StreamConsumerComponent } from "./components/stream-consumer";
export type { StreamConsumerComponentArgs } from "./components/stream-consumer";
export { UserPoolComponent } from "./components/user-pool";
export type { UserPoolComponentArgs, UserPoolGroup } from "./components/user-pool";
export { VpcComponent } from "./components/vpc";
export type { ExistingNetwork, NewNetwork, VpcComponentArgs } from "./components/vpc";
export { addressPlan } from "./components/vpc/address-plan";
export type { AddressPlan, WrittenPlan } from "./components/vpc/address-plan";
export type { ZoneCount } from "./components/vpc/zones";
export { WafComponent } from "./components/waf";
export type { SignedRequests, WafComponentArgs, WebAclMetric } from "./components/waf";
export { environmentSettings, getEnvironmentConfig, readStackConfig } from "./config";
export type {
  EnvironmentConfig,
  EnvironmentSettings,
  SettingsOverrides,
  StackConfig,
} from "./config";
export { ConfigurationError } from "./core/configuration";
export type { ConfigurationProblem } from "./core/configuration";
export { PaymentStack } from "./payment-stack";
export type { PaymentStackArgs, PaymentStackOutputs } from "./payment-stack";
export type { ExistingApiEndpoint, PaymentNetwork } from "./foundation/foundation";
export { program } from "./program";
export { inRegion, stackContext } from "./core/context";
export type { ContextSettings } from "./core/context";
export { environmentTypes } from "./types";
export type {
  AwsLocation,
  EnvironmentType,
  ExistingLogGroup,
  LogGroupChoice,
  LogLevel,
  LogRetentionDays,
  NameScope,
  NewLogGroup,
  StackNames,
  StackContext,
  TagsConfig,
  Transform,
} from "./types";
