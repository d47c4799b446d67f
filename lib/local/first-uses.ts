import { AwsClient } from "aws4fetch";
import type { FirstUseReport, UsableStack } from "../foundation/first-use";
import { modules } from "../modules";
import type { RunningCloud } from "./local-cloud";
import { waitUntil } from "./wait-until";

/**
 * Uses each module of a running stack for the first time, in the order of their list.
 *
 * @throws if one does not do what it should.
 */
export async function useFirst(cloud: RunningCloud): Promise<FirstUseReport[]> {
  const stack = usableStack(cloud);
  const reports: FirstUseReport[] = [];
  for (const { firstUse } of modules.partsIn(cloud.outputs))
    if (firstUse !== undefined) reports.push(await firstUse(stack));
  return reports;
}

function usableStack({ outputs, environment, endpoint, region }: RunningCloud): UsableStack {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  const credentials = { accessKeyId, secretAccessKey };
  const client = new AwsClient({ ...credentials, region, service: "execute-api", retries: 0 });
  return {
    outputs,
    async send(method, url, { body, headers, authorization = "signed" } = {}) {
      const request = {
        method,
        headers: { ...(body && { "content-type": "application/json" }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      };
      const response = await (authorization === "signed"
        ? client.fetch(url, request)
        : fetch(url, request));
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${method} ${url} responded ${String(response.status)}: ${text}`);
      }
      const parsed: unknown = JSON.parse(text);
      return parsed;
    },
    waitFor: (title, probe) => waitUntil(probe, { title, timeout: 15_000, interval: 25 }),
    aws: { endpoint, region, credentials },
    shell: {
      curl: `curl --aws-sigv4 aws:amz:${region}:execute-api --user ${accessKeyId}:${secretAccessKey}`,
      awsOptions: `--endpoint-url ${endpoint} --region ${region}`,
    },
  };
}
