/** What the deployment sets on the functions of orders; import it first. */
Object.assign(process.env, {
  ORDERS_TABLE: "orders",
  PRODUCTS_TABLE: "products",
  IDEMPOTENCY_TABLE: "responses",
  PAYMENTS_URL: "https://api.example/dev",
  ORDER_EXPIRY_MINUTES: "30",
  EVERY_MINUTES: "60",
  SWEEP_DAYS: "30",
});
