// what the deployment sets; imported before the function, which reads it as it starts
Object.assign(process.env, {
  ORDERS_TABLE: "orders",
  PRODUCTS_TABLE: "products",
  IDEMPOTENCY_TABLE: "idempotency",
  AUTHORIZATION: "COGNITO_USER_POOLS",
  PAYMENTS_URL: "https://payments.example/dev",
  ORDER_EXPIRY_MINUTES: "30",
  ALLOWED_ORIGINS: "https://a.example,https://b.example",
  POWERTOOLS_LOG_LEVEL: "SILENT",
});
