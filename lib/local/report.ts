import Table from "cli-table3";
import * as z from "zod";
import { apiEndpoint, firstPaymentRequest } from "./first-payment";
import type { FirstPayment } from "./first-payment";
import type { RunningCloud } from "./local-cloud";

/** What a run tells when it is up. */
export interface Report {
  readonly cloud: RunningCloud;
  readonly payment: FirstPayment;
  /** Since the command was started, in milliseconds. */
  readonly elapsed: number;
}

const database = z.object({ dbEndpoint: z.string(), dbName: z.string() }).partial();

/** Endpoints, the first payment, and what to paste to make the next one. */
export function report({ cloud, payment, elapsed }: Report): string {
  const { outputs, environment } = cloud;
  const { dbEndpoint = "", dbName = "" } = database.parse(outputs);
  const table = new Table({ style: { head: [], border: [] }, wordWrap: false });
  table.push(
    ["API", apiEndpoint(cloud)],
    ["AWS", cloud.endpoint],
    ["PostgreSQL", `${dbEndpoint}/${dbName} (TLS)`],
    ["Outputs", cloud.outputsFile],
  );
  return [
    `${String(cloud.resourceCount)} resources of stack ${cloud.stack} in ${(elapsed / 1000).toFixed(1)} s.`,
    table.toString(),
    ...notes(cloud),
    `First payment: ${payment.transactionId}, ${String(firstPaymentRequest.amount)} ${firstPaymentRequest.currency} in minor units, made and read back.`,
    "",
    "Make another, read it, look at the table:",
    "",
    ...commands(cloud, payment),
    "",
    "Any AWS client, with these variables:",
    "",
    ...Object.entries(environment)
      .filter(([name]) => name.startsWith("AWS_") && !name.endsWith("WARNING_DISABLED"))
      .map(([name, value]) => `  export ${name}=${value}`),
  ].join("\n");
}

function notes({ simulated, leftOut, stack }: RunningCloud): string[] {
  return [
    ...(simulated.length > 0
      ? [`Made up, because the emulator has no such service: ${simulated.join(", ")}`]
      : []),
    ...(leftOut.length > 0
      ? [`Left out of Pulumi.${stack}.yaml, because encrypted: ${leftOut.join(", ")}`]
      : []),
  ];
}

function commands(cloud: RunningCloud, payment: FirstPayment): string[] {
  const { environment, outputs, region } = cloud;
  const credentials = `${environment["AWS_ACCESS_KEY_ID"] ?? ""}:${environment["AWS_SECRET_ACCESS_KEY"] ?? ""}`;
  const curl = `curl --aws-sigv4 aws:amz:${region}:execute-api --user ${credentials}`;
  const url = `${apiEndpoint(cloud)}/payment`;
  const body = JSON.stringify(firstPaymentRequest);
  const tableName = z.string().catch("").parse(outputs["dynamoTableName"]);
  return [
    `  ${curl} -H 'content-type: application/json' -H "idempotency-key: $RANDOM-$RANDOM" -d '${body}' ${url}`,
    `  ${curl} ${url}/${payment.transactionId}`,
    `  aws dynamodb scan --endpoint-url ${cloud.endpoint} --region ${region} --table-name ${tableName}`,
  ];
}
