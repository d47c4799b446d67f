// `npm test`: the tests that share the local cloud, one after the other, and beside them all others. Each of the two
// is a run of jest; what is given to `npm test` is given to one run of all.
import { spawn } from "node:child_process";
import * as os from "node:os";

const signals = ["SIGINT", "SIGTERM"];

/** Runs jest; resolves to its exit code and to what its last line says (totals-reporter.js). */
function jest(args, { priority = os.constants.priority.PRIORITY_NORMAL } = {}) {
  const child = spawn(
    process.execPath,
    // what one worker retains of all suites is near Node's own limit, where the last ones take minutes
    ["--max-old-space-size=8192", "node_modules/jest/bin/jest.js", ...args],
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

/** Files that share a local cloud take turns. */
const sharing = ["--selectProjects", "integration", "--runInBand", "--coverage=false"];

const args = process.argv.slice(2);
const runs = await Promise.all(
  args.length > 0
    ? [jest(args)]
    : [
        jest([...sharing, "tests/integration/[^/]+$"]),
        jest([...sharing, "tests/integration/behaviour/"]),
        // takes what the first one leaves while it waits for the cloud: it has the longer way
        jest(["--selectProjects", "unit", "standalone", "--maxWorkers=100%"], {
          priority: os.constants.priority.PRIORITY_BELOW_NORMAL,
        }),
      ],
);
const [passed, failed, skipped] = [0, 1, 2].map((of) =>
  runs.reduce((sum, { totals }) => sum + totals[of], 0),
);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = Math.max(...runs.map(({ code }) => code));
