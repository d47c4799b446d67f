import { rehearsalMarkdown, resultText } from "../../../bin/rehearsal/report";
import type { StepResult } from "../../../bin/rehearsal/run-steps";

const results: readonly StepResult[] = [
  { name: "up", outcome: "passed", message: "3 resources | created", seconds: 61.4 },
  {
    name: "second up",
    outcome: "failed",
    message: "1 differs:\ntable \u001b[2J updated",
    seconds: 9,
  },
  { name: "check", outcome: "skipped", message: "second up failed", seconds: 0 },
];

describe("the report of a rehearsal", () => {
  it("shows each step on a terminal, where nothing that AWS says moves its cursor", () => {
    expect(results.map(resultText)).toEqual([
      "✓ up: 3 resources | created (61 s)",
      "✗ second up: 1 differs: (9 s)\n  table \\u001b[2J updated",
      "– check: second up failed",
    ]);
  });

  it("is a table in a job's summary, with what failed in full", () => {
    const markdown = rehearsalMarkdown("rehearsal-one", results);

    expect(markdown).toContain("## Rehearsal of rehearsal-one: failed\n");
    expect(markdown).toContain("| ✓ up | 61 | 3 resources \\| created |");
    expect(markdown).toContain("| ✗ second up | 9 | 1 differs: |");
    expect(markdown).toContain("~~~~~~~~~~~~\n1 differs:\ntable \\u001b[2J updated\n~~~~~~~~~~~~");
    expect(rehearsalMarkdown("rehearsal-one", results.slice(0, 1))).toContain(": passed\n");
  });
});
