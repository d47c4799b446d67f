/** What Lambda and the deployment set before a function's code is loaded; import it first. */
Object.assign(process.env, {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_LAMBDA_FUNCTION_NAME: "payments-dev-function-dev",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  POWERTOOLS_DEV: "true", // metrics and logs go to the console that jest can see
  POWERTOOLS_METRICS_DISABLED: "false",
  POWERTOOLS_SERVICE_NAME: "payments-dev-function-dev",
  POWERTOOLS_METRICS_NAMESPACE: "Payments",
  DB_HOST: "database.example",
  DB_PORT: "5432",
  DB_NAME: "payments",
  DB_USER: "ledger_writer",
  DB_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master",
  TABLE_NAME: "transactions",
  AUDIT_BUCKET: "audit",
  DEAD_LETTER_BUCKET: "dead-letters",
});
