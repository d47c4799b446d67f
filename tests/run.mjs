// `npm test`: tests that share a local cloud, one after the other, on two clouds, and beside them all others. Each of the
// three is a run of jest; what is given to `npm test` is given to one run.
import { spawn } from "node:child_process";
import * as os from "node:os";

const signals = ["SIGINT", "SIGTERM"];

const nodeOptions = [
  // what one worker retains of all suites is near Node's own limit, where the last ones take minutes
  "--max-old-space-size=8192",
  // a test file allocates much and retains little: fewer collections of what is new, without threads that compete
  ...["--min-semi-space-size=128", "--max-semi-space-size=128", "--single-threaded-gc"],
];

/** Runs jest; resolves to its exit code and to what its last line says (totals-reporter.js). */
function jest(args, { priority = os.constants.priority.PRIORITY_NORMAL } = {}) {
  const child = spawn(
    process.execPath,
    [...nodeOptions, "node_modules/jest/bin/jest.js", ...args],
    { stdio: ["inherit", "pipe", "inherit"] },
  );
  if (child.pid !== undefined) os.setPriority(child.pid, priority);
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  let last = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text);
    last = (last + text).slice(-200);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      const totals = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(last);
      // ended by a signal, or before it had totals
      resolve({
        code: code ?? 1,
        totals: totals ? totals.slice(1).map((n) => Number(n ?? 0)) : [0, 1, 0],
      });
    });
  });
}

/** Files that share a stack, which take turns. */
const sharing = (files) =>
  jest(["--selectProjects", "integration", "--runInBand", "--coverage=false", files]);

/** As many clouds as are worth their start; one stack, where there is one already. */
const clouds =
  process.env["OUTPUTS_FILE"] === undefined
    ? ["tests/integration/[^/]+$", "tests/integration/behaviour/"]
    : ["tests/integration/"];

const args = process.argv.slice(2);
const runs = await Promise.all(
  args.length > 0
    ? [jest(args)]
    : [
        ...clouds.map(sharing),
        // takes what the others leave while they wait for their clouds: they have the longer way
        jest(["--selectProjects", "unit", "standalone", "--maxWorkers=100%"], {
          priority: os.constants.priority.PRIORITY_BELOW_NORMAL,
        }),
      ],
);
const [passed, failed, skipped] = [0, 1, 2].map((of) =>
  runs.reduce((sum, { totals }) => sum + totals[of], 0),
);
// one run has said so itself
if (runs.length > 1)
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = Math.max(...runs.map(({ code }) => code));
