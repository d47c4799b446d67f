import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { paymentsDocument } from "../modules/payments/openapi";
import { pythonTool } from "./python-tools";
import { startSigningProxy } from "./signing-proxy";
import type { SigningProxyOptions } from "./signing-proxy";

/** What to fuzz, and for how long. */
export interface FuzzOptions extends Omit<SigningProxyOptions, "rewrite"> {
  readonly seconds: number;
  /** Makes the same requests again; by default a new one every time. */
  readonly seed?: number;
  /** Called with what the fuzzer prints. */
  readonly onOutput?: (text: string) => void;
}

/** How it went. */
export interface FuzzResult {
  /** Whether the OpenAPI document allows every response, and none is a server's error. */
  readonly passed: boolean;
  /** All that the fuzzer printed: each failure with the request that shows it. */
  readonly output: string;
  /** How many responses there were of each status. */
  readonly statuses: ReadonlyMap<number, number>;
}

const root = path.resolve(__dirname, "../..");

/** Requests a second: below the least that an environment's gateway lets through. */
const rate = 40;

/** Checks of Schemathesis that cannot hold here. */
const notChecked = [
  // the state decides too: a payment that is not there, a status that does not allow it, a foreign cursor
  "positive_data_acceptance",
  // the proxy signs every request
  "ignored_auth",
];

/**
 * Sends the API requests that its OpenAPI document allows, and ones that it forbids, made up by
 * Schemathesis. Anything but a documented status with a documented body fails.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { seconds, seed, onOutput, ...target } = options;
  const proxy = await startSigningProxy({ ...target, rewrite: freshKey() });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-fuzz-"));
  try {
    const document = path.join(folder, "openapi.json");
    // the proxy signs, so that for the fuzzer there is nothing to sign
    fs.writeFileSync(document, JSON.stringify({ ...paymentsDocument(), security: [] }));
    const { code, output } = await schemathesis(
      [
        ...["run", document, "--url", proxy.url],
        ...["--checks", "all", "--exclude-checks", notChecked.join(",")],
        ...["--max-time", String(seconds), "--rate-limit", `${String(rate)}/s`],
        ...["--max-redirects", "0", "--generation-database", "none", "--continue-on-failure"],
        ...(seed === undefined ? [] : ["--seed", String(seed)]),
        // with two, its threads parse Python at the same time, which Python 3.11 does not bear (python/cpython#106905)
        ...["--workers", "1", "--no-shrink", "--warnings", "off", "--no-color"],
      ],
      folder,
      onOutput,
    );
    // 0 and 1 are its results, anything else is a failure of its own
    if (code !== 0 && code !== 1)
      throw new Error(`Schemathesis ended with ${String(code ?? "a signal")}\n${output}`);
    return { passed: code === 0, output, statuses: proxy.statuses };
  } finally {
    await proxy.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

/** Gives each request an idempotency key of its own: a fuzzer that repeats "0" sees nothing but 422. */
function freshKey(): (name: string, value: string) => string {
  let requests = 0;
  return (name, value) => {
    if (name.toLowerCase() !== "idempotency-key" || !/^[\x20-\x7e]{1,200}$/.test(value))
      return value;
    requests += 1;
    return `${value}-${String(Date.now())}-${String(requests)}`;
  };
}

function schemathesis(
  args: readonly string[],
  folder: string,
  onOutput: FuzzOptions["onOutput"],
): Promise<{ code: number | null; output: string }> {
  const { python, packages } = pythonTool("fuzzer", root);
  return new Promise((resolve, reject) => {
    const child = spawn(python, ["-m", "schemathesis.cli", ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, PYTHONPATH: packages, PYTHONUTF8: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        onOutput?.(text);
      });
    }
    child.on("error", reject).on("close", (code) => {
      resolve({ code, output });
    });
  });
}
