// what the deployment sets; imported before the function, which reads it as it starts
Object.assign(process.env, {
  TABLE_NAME: "transactions",
  IDEMPOTENCY_TABLE: "idempotency",
  AUTHORIZATION: "AWS_IAM",
  STATUS_SHARDS: "1",
  STATUS_SHARDS_READ: "1",
  ALLOWED_ORIGINS: "https://a.example,https://b.example",
  POWERTOOLS_LOG_LEVEL: "SILENT",
});
