// what the deployment sets; imported before the function, which reads it as it starts
Object.assign(process.env, {
  PRODUCTS_TABLE: "products",
  IDEMPOTENCY_TABLE: "idempotency",
  AUTHORIZATION: "COGNITO_USER_POOLS",
  ALLOWED_ORIGINS: "https://a.example,https://b.example",
  POWERTOOLS_LOG_LEVEL: "SILENT",
});
