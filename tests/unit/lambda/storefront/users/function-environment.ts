// what Lambda and the deployment set; imported before the function, which reads it as it starts
Object.assign(process.env, {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  USERS_TABLE: "users",
  ORDERS_TABLE: "orders",
  USER_POOL_ID: "eu-central-1_pool",
  AUTHORIZATION: "COGNITO_USER_POOLS",
  ALLOWED_ORIGINS: "https://a.example,https://b.example",
  POWERTOOLS_LOG_LEVEL: "SILENT",
});
