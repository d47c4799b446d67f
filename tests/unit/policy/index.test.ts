import * as policy from "../../../lib/policy";

it("the package exports rules, three ways to evaluate them, and three kinds of report", () => {
  const { rules, ...offered } = policy;
  const kinds = Object.entries(offered).map(([name, value]) => [name, typeof value]);

  expect(rules.length).toBeGreaterThan(150);
  expect(Object.fromEntries(kinds)).toEqual({
    DepthError: "function",
    audit: "function",
    auditProgram: "function",
    ruleIds: "object",
    policies: "function",
    pciRequirements: "object",
    jsonReport: "function",
    sarifReport: "function",
    formatReport: "function",
    PolicyGraph: "function",
    recordedGraph: "function",
    StateError: "function",
    readState: "function",
    stateGraph: "function",
    SuppressionError: "function",
    readSuppressions: "function",
    uncheckedControls: "object",
  });
});
