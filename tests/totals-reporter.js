/** Ends the run with its totals in one line: `N passed, N failed`, with `, N skipped` where there are any. */
module.exports = class TotalsReporter {
  onRunComplete(_contexts, results) {
    // a suite that cannot run has no tests of its own to fail
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const totals = `${results.numPassedTests} passed, ${failed} failed`;
    // the last line, after jest's own summary and the coverage
    process.once("exit", () => console.log(skipped > 0 ? `${totals}, ${skipped} skipped` : totals));
  }
};
