/** The ledger's database. */
export const ledgerDatabase = {
  purpose: "database",
  purposes: { parameterGroup: "postgres", monitoringRole: "rds-monitoring" },
  descriptions: {
    subnetGroup: "Private subnets of the payments database",
    parameterGroup: "PostgreSQL of the payments platform",
    masterSecret: "Master user of the payments database",
  },
  databaseName: "payments",
  masterUsername: "payments_admin",
} as const;
