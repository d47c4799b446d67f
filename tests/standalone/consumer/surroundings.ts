import type {
  ApiGatewayComponent,
  DatabaseComponent,
  DynamoDbComponent,
  EnvironmentConfig,
  IdempotencyTableComponent,
  KeysComponent,
  LambdaComponent,
  S3Component,
  SecurityGroupsComponent,
  StackContext,
  StreamConsumerComponent,
  VpcComponent,
} from "payment-stack";

// what an example in the documentation takes for granted: the rest of the program it stands in
export declare const accounts: LambdaComponent;
export declare const answers: IdempotencyTableComponent;
export declare const api: ApiGatewayComponent;
export declare const config: EnvironmentConfig;
export declare const context: StackContext;
export declare const database: DatabaseComponent;
export declare const deadLetters: S3Component;
export declare const groups: SecurityGroupsComponent<
  "functions" | "database" | "endpoints",
  "s3" | "dynamodb"
>;
export declare const keys: KeysComponent<"data" | "rds">;
export declare const ledger: LambdaComponent;
export declare const migrate: LambdaComponent;
export declare const network: VpcComponent;
export declare const payment: LambdaComponent;
export declare const reconcile: LambdaComponent;
export declare const stream: StreamConsumerComponent;
export declare const table: DynamoDbComponent<"UserIdIndex" | "StatusIndex", "NEW_AND_OLD_IMAGES">;
export declare function expect(value: unknown): { toBe(expected: unknown): void };
