const path = require("node:path");

/** Prints each suite's result as a line of JSON, as soon as it is there: what `npm run check` reads. */
module.exports = class CheckReporter {
  onTestResult(_test, result) {
    const { testFilePath, testExecError, perfStats, testResults } = result;
    const failures = testResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => ({ test: fullName, message: failureMessages[0] }));
    const broken = {
      test: "the suite cannot run",
      message: testExecError?.message ?? result.failureMessage,
    };
    const cannotRun = testResults.length === 0 && result.failureMessage;
    const suite = {
      suite: path.basename(testFilePath, ".test.ts"),
      passed: result.numPassingTests,
      failed: cannotRun ? 1 : failures.length,
      skipped: result.numPendingTests + result.numTodoTests,
      seconds: perfStats.runtime / 1000,
      failures: cannotRun ? [broken] : failures,
    };
    process.stdout.write(`${JSON.stringify(suite)}\n`);
  }
};
