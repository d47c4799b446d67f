import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { oneLine } from "../../lib/core/printable";
import type { Checks } from "../../lib/foundation/check";
import { CommandError, root } from "./command";
import { json } from "./invoke";
import { apiClient } from "./load/api";
import { withReadableErrors } from "./target";
import type { Target } from "./target";

const suiteResultSchema = z.object({
  suite: z.string(),
  passed: z.int(),
  failed: z.int(),
  skipped: z.int(),
  seconds: z.number(),
  failures: z.array(
    z.object({ test: z.string(), message: z.string().transform(firstLines).readonly() }),
  ),
});

/** A suite's result, with the first lines of each failure's message. */
export type SuiteResult = z.output<typeof suiteResultSchema>;

/** The timeout of the first request to AWS, in milliseconds. */
const timeout = 15_000;

/**
 * Sends one request to AWS and one to the API, so that what would fail every check is reported once.
 *
 * @throws {@link CommandError} if one of them does not respond, or refuses these credentials.
 */
export async function requireReachable(target: Target): Promise<void> {
  const { lambda, outputs } = target;
  const known = new GetFunctionConfigurationCommand({ FunctionName: outputs.ledgerLambdaName });
  const abortSignal = AbortSignal.timeout(timeout);
  await withReadableErrors(target, async () => {
    await lambda.send(known, { abortSignal }).catch((error: unknown) => {
      if (!abortSignal.aborted) throw error;
      throw new CommandError(
        `${target.endpoint ?? `AWS (${outputs.region})`} has not responded within ${String(timeout / 1000)} s. ` +
          "Check the network, AWS_ENDPOINT_URL and the region of the outputs.",
      );
    });
  });
  const send = await apiClient(target);
  const { status } = await send({ method: "GET", path: "/health" });
  if (typeof status === "string")
    throw new CommandError(`${outputs.apiEndpoint} does not respond (${status}).`);
  if (status === 401 || status === 403)
    throw new CommandError(
      `${outputs.apiEndpoint}/health responds with ${String(status)}: these credentials may not call the API, or have expired.`,
    );
}

/**
 * Runs suites of the integration suite against a stack.
 *
 * @param onResult called with each suite's result as soon as it has ended.
 * @throws {@link CommandError} if they could not be run to the end.
 */
export async function runSuites(
  suites: Checks,
  target: Target,
  outputsFile: string,
  onResult: (result: SuiteResult) => void,
): Promise<SuiteResult[]> {
  const files = Object.values(suites).map((suite) => `tests/integration/${suite.path}.test.ts`);
  const jest = spawn(
    process.execPath,
    [
      require.resolve("jest/bin/jest"),
      ...["--selectProjects", "integration", "--coverage=false"],
      ...["--reporters", path.join(root, "tests/check-reporter.js")],
      ...["--runTestsByPath", ...files],
    ],
    {
      cwd: root,
      env: await environment(target, outputsFile),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const results: SuiteResult[] = [];
  createInterface(jest.stdout).on("line", (line) => {
    const result = suiteResultSchema.safeParse(json(line));
    if (!result.success) return; // what a test prints
    results.push(result.data);
    onResult(result.data);
  });
  const [errors] = await Promise.all([text(jest.stderr), once(jest, "close")]);
  if (results.length < files.length)
    throw new CommandError(
      `Of ${String(files.length)} suites only ${String(results.length)} have ended:\n${errors.trim()}`,
    );
  return results;
}

/** The environment of this process, with the stack's endpoint and credentials. */
async function environment(target: Target, outputsFile: string): Promise<NodeJS.ProcessEnv> {
  const inherited = { ...process.env, OUTPUTS_FILE: path.resolve(outputsFile) };
  if (target.endpoint === undefined) return inherited;
  const { accessKeyId, secretAccessKey, sessionToken } = await target.lambda.config.credentials();
  return {
    ...inherited,
    // it would come first
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

/** Lines of a failure's message that are reported: enough for expected and received values. */
const maxLines = 8;

/** A failure's message without colours, blank lines and stack trace. */
function firstLines(message: string): string[] {
  return stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line))
    .slice(0, maxLines)
    .map(oneLine);
}
