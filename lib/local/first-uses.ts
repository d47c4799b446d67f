import type { FirstUseReport, UsableStack } from "../foundation/first-use";
import { modules } from "../modules";
import { awsCalls, signingClient, successOf } from "./aws-calls";
import type { RunningCloud } from "./local-cloud";
import { waitUntil } from "./wait-until";

/**
 * Uses each module of a running stack for the first time, all at once: most of it is functions that start.
 *
 * @returns what each reports, in the order of the modules.
 * @throws if one does not do what it should.
 */
export function useFirst(cloud: RunningCloud): Promise<FirstUseReport[]> {
  const stack = usableStack(cloud);
  return Promise.all(
    modules.partsIn(cloud.outputs).flatMap(({ firstUse }) => firstUse?.(stack) ?? []),
  );
}

function usableStack({ outputs, environment, endpoint, region }: RunningCloud): UsableStack {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  const aws = { credentials: { accessKeyId, secretAccessKey }, region, endpoint };
  const api = signingClient(aws, "execute-api");
  return {
    outputs,
    async send(method, url, { body, headers, authorization = "signed" } = {}) {
      const request = {
        method,
        headers: { ...(body && { "content-type": "application/json" }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      };
      const response = await (authorization === "signed"
        ? api.fetch(url, request)
        : fetch(url, request));
      return successOf(`${method} ${url}`, response);
    },
    waitFor: (title, probe) => waitUntil(probe, { title, timeout: 15_000, interval: 25 }),
    callAws: awsCalls(aws),
    shell: {
      curl: `curl --aws-sigv4 aws:amz:${region}:execute-api --user ${accessKeyId}:${secretAccessKey}`,
      awsOptions: `--endpoint-url ${endpoint} --region ${region}`,
    },
  };
}
