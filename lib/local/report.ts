import Table from "cli-table3";
import * as z from "zod";
import { apiEndpoint, firstPaymentAccount, firstPaymentRequest } from "./first-payment";
import type { FirstPayment } from "./first-payment";
import type { RunningCloud } from "./local-cloud";

/** What a run prints when it is up. */
export interface Report {
  readonly cloud: RunningCloud;
  readonly payment: FirstPayment;
  /** Since the command was started, in milliseconds. */
  readonly elapsed: number;
  /** Whether the cloud stays up, so that there is something to send requests to. */
  readonly staysUp: boolean;
}

const database = z.object({ dbEndpoint: z.string(), dbName: z.string() }).partial();

/** Endpoints, the first payment, and what to paste to make the next one. */
export function report({ cloud, payment, elapsed, staysUp }: Report): string {
  const { outputs } = cloud;
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
    `First payment: ${payment.transactionId}, ${String(firstPaymentRequest.amount)} ${firstPaymentRequest.currency} in minor units: made, read back, captured, and in the ledger as ${firstPaymentAccount}.`,
    ...(staysUp ? toPaste(cloud, payment) : []),
  ].join("\n");
}

function toPaste(cloud: RunningCloud, payment: FirstPayment): string[] {
  return [
    "",
    "Make another, read it, see the ledger and the table:",
    "",
    ...commands(cloud, payment),
    "",
    "Any AWS client, with these variables:",
    "",
    ...Object.entries(cloud.environment)
      .filter(([name]) => name.startsWith("AWS_") && !name.endsWith("WARNING_DISABLED"))
      .map(([name, value]) => `  export ${name}=${value}`),
  ];
}

function notes({ simulated, leftOut, stack }: RunningCloud): string[] {
  return [
    ...(simulated.length > 0
      ? [`Simulated, because the emulator has no such service: ${simulated.join(", ")}`]
      : []),
    ...(leftOut.length > 0
      ? [`Skipped of Pulumi.${stack}.yaml, because encrypted: ${leftOut.join(", ")}`]
      : []),
  ];
}

function commands(cloud: RunningCloud, payment: FirstPayment): string[] {
  const { environment, outputs, region } = cloud;
  const credentials = `${environment["AWS_ACCESS_KEY_ID"] ?? ""}:${environment["AWS_SECRET_ACCESS_KEY"] ?? ""}`;
  const curl = `curl --aws-sigv4 aws:amz:${region}:execute-api --user ${credentials}`;
  const api = apiEndpoint(cloud);
  const body = JSON.stringify(firstPaymentRequest);
  const tableName = z.string().catch("").parse(outputs["dynamoTableName"]);
  return [
    `  ${curl} -H 'content-type: application/json' -H "idempotency-key: $RANDOM-$RANDOM" -d '${body}' ${api}/payment`,
    `  ${curl} ${api}/payment/${payment.transactionId}`,
    `  ${curl} ${api}/balance/${firstPaymentAccount}`,
    `  aws dynamodb scan --endpoint-url ${cloud.endpoint} --region ${region} --table-name ${tableName}`,
  ];
}
