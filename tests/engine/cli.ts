import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { version } from "../../.github/actions/pulumi-cli/cli.json";

/** The first that takes maps in a project's configuration (`type: object`), as Pulumi.yaml has them. */
const oldest = "3.248.0";

const cache = path.resolve(__dirname, "../../.cache");
const installed = path.join(cache, `pulumi-${version}`);

/** Environment variable with the folder of the CLI that was found; empty for the one on PATH. */
export const cliVariable = "PAYMENTS_ENGINE_CLI";

/** The CLI that {@link findCli} found. */
export function foundCli(): Promise<PulumiCommand> {
  const root = process.env[cliVariable];
  return PulumiCommand.get(root === undefined || root === "" ? {} : { root });
}

/**
 * Finds the Pulumi CLI or gets the one that the workflows deploy with: from PATH, from the cache, by the official
 * installer, or built from its source.
 *
 * @returns its folder, as `PulumiCommand.get` takes it as `root`; undefined for the one on PATH.
 * @throws if there is none to be had, naming what was tried.
 */
export async function findCli(): Promise<string | undefined> {
  const failures: string[] = [];
  const attempt = async <T>(title: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failures.push(`${title}: ${reasonOf(error)}`);
      return undefined;
    }
  };
  if ((await attempt("on PATH", onPath)) === true) return undefined;
  if (fs.existsSync(installed)) return installed;
  if (
    (await attempt("the official installer", () => install(download))) === true ||
    (await attempt("built with Go", () => install(build))) === true
  ) {
    return installed;
  }
  throw new Error(
    `There is no Pulumi CLI for the test (${oldest} or later), and none could be got. Tried:\n` +
      failures.map((failure) => `  ${failure}`).join("\n") +
      "\nInstall one (https://www.pulumi.com/docs/install), or make get.pulumi.com or a Go module proxy reachable.",
  );
}

async function onPath(): Promise<true> {
  const found = await PulumiCommand.get({ skipVersionCheck: true }).catch(() => undefined);
  if (found === undefined) throw new Error("there is none that runs");
  if (found.version === null || found.version.compare(oldest) < 0) {
    throw new Error(`${String(found.version)} is too old`);
  }
  return true;
}

/** An error's message; of a request that failed, its cause's. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Fills a folder that is complete or absent, whenever it is interrupted. */
async function install(fill: (folder: string) => Promise<void>): Promise<true> {
  fs.mkdirSync(cache, { recursive: true });
  // bin/setup.mjs removes what was interrupted
  const folder = fs.mkdtempSync(path.join(cache, "installing-"));
  try {
    await fill(folder);
    await fs.promises.rename(folder, installed);
    return true;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function download(root: string): Promise<void> {
  // the installer itself has no timeout
  await fetch("https://get.pulumi.com/install.sh", { signal: AbortSignal.timeout(10_000) });
  await withProgress(`Installing the Pulumi CLI ${version}`, PulumiCommand.install({ root }));
}

/** As the CLI's own go.mod has it. */
const clipboard = "github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e";
const main = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

async function build(root: string): Promise<void> {
  const source = path.join(root, "source");
  fs.mkdirSync(source);
  fs.writeFileSync(
    path.join(source, "go.mod"),
    `module payments/pulumi-cli

go 1.25

require github.com/pulumi/pulumi/pkg/v3 v${version}

replace github.com/atotto/clipboard => ${clipboard}
`,
  );
  fs.writeFileSync(
    path.join(source, "cli.go"),
    `//go:build tools\n\npackage cli\n\nimport _ "${main}"\n`,
  );
  const go = async (...args: string[]) => {
    await promisify(execFile)("go", args, { cwd: source, maxBuffer: 2 ** 26 });
  };
  await go("version");
  await withProgress(
    `Building the Pulumi CLI ${version} from its source: about four minutes, once`,
    (async () => {
      await go("mod", "tidy");
      const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
      await go("build", "-trimpath", "-ldflags", flags, "-o", path.join(root, "bin/pulumi"), main);
    })(),
  );
  fs.rmSync(source, { recursive: true });
}

/** Prints what takes long, and its progress. */
async function withProgress<T>(title: string, work: Promise<T>): Promise<T> {
  const start = Date.now();
  const seconds = () => `${String(Math.round((Date.now() - start) / 1000))} s`;
  console.log(`${title} …`);
  const timer = setInterval(() => {
    console.log(`${title} … ${seconds()}`);
  }, 30_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
