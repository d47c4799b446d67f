import { apiEndpointGroup } from "../../foundation/needs";
import type { FoundationNeeds } from "../../foundation/needs";
import type { PaymentsSettings } from "./settings";

/** What the payments need of the foundation. */
export function paymentsNeeds({ api }: Pick<PaymentsSettings, "api">): FoundationNeeds {
  return api.endpoint === "regional" ? always : { ...always, ...ofPrivateApi };
}

const always = {
  keys: {
    rds: { description: "database, backups and query statistics", uses: [{ through: "rds" }] },
  },
  keyUses: {
    data: [{ through: "dynamodb" }, { through: "s3" }, { through: "secretsmanager" }],
  },
  endpoints: {
    s3: ["s3:PutObject", "s3:GetObject", "s3:ListBucket"],
    dynamodb: [
      "dynamodb:PutItem",
      "dynamodb:GetItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "dynamodb:Scan",
    ],
    secretsmanager: ["secretsmanager:GetSecretValue"],
  },
  securityGroups: {
    functions: { description: "Functions of the payments platform" },
    database: { description: "PostgreSQL of the ledger" },
  },
  flows: [
    { from: "functions", to: "database", port: 5432, description: "Functions call PostgreSQL" },
    {
      from: "functions",
      to: "endpoints",
      port: 443,
      description: "Functions call AWS services by their interface endpoints",
    },
    {
      from: "functions",
      to: "s3",
      port: 443,
      description: "Functions call S3 by its gateway endpoint",
    },
    {
      from: "functions",
      to: "dynamodb",
      port: 443,
      description: "Functions call DynamoDB by its gateway endpoint",
    },
  ],
} satisfies FoundationNeeds;

/** Whoever calls a private API from within the network joins `api-callers`. */
const ofPrivateApi = {
  apiEndpoint: true,
  securityGroups: {
    ...always.securityGroups,
    "api-callers": { description: "Callers of the payments API" },
  },
  flows: [
    ...always.flows,
    {
      from: "api-callers",
      to: apiEndpointGroup,
      port: 443,
      description: "Callers of the payments API reach its interface endpoint",
    },
  ],
} satisfies FoundationNeeds;
