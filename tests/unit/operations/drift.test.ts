import { DiffKind } from "@pulumi/pulumi/automation/events";
import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import { driftText } from "../../../bin/commands/drift";
import { driftOfProgram, driftOnAws } from "../../../bin/operations/drift";

const type = "aws:lambda/function:Function";
const urn = `urn:pulumi:dev::payments::payments:index:PaymentStack$${type}::payments-ledger`;

const metadata = (op: OpType, more: Partial<StepEventMetadata>): StepEventMetadata => ({
  op,
  urn,
  type,
  provider: "",
  ...more,
});
const event = (more: Partial<EngineEvent>): EngineEvent => ({ sequence: 1, timestamp: 0, ...more });
const before = (op: OpType, more: Partial<StepEventMetadata> = {}) =>
  event({ resourcePreEvent: { metadata: metadata(op, more) } });
const after = (op: OpType, more: Partial<StepEventMetadata> = {}) =>
  event({ resOutputsEvent: { metadata: metadata(op, more) } });

/** As a provider reports them, in no order. */
const detailedDiff = {
  "environment.variables.STAGE": { diffKind: DiffKind.add, inputDiff: true },
  "architectures[0]": { diffKind: DiffKind.updateReplace, inputDiff: true },
};
const values = { inputs: { memorySize: "of-no-concern" }, outputs: {}, type, urn, id: "1" };
const state = { ...values, parent: "", provider: "" };

describe("drift on AWS", () => {
  it("is what a refresh would change, or forget", () => {
    expect(driftOnAws(after("update", { diffs: ["memorySize"] }))).toEqual({
      name: "payments-ledger",
      type,
      urn,
      kind: "changed",
      properties: ["memorySize"],
    });
    expect(driftOnAws(after("delete", { diffs: ["memorySize"] }))).toMatchObject({
      kind: "gone",
      properties: [],
    });
  });

  it.each(["same", "refresh"] as const)("is none of a resource that is read as %s", (op) => {
    expect(driftOnAws(after(op))).toBeUndefined();
  });

  it("is known once a resource has been read, not before", () => {
    expect(driftOnAws(before("update"))).toBeUndefined();
  });
});

describe("drift of the program", () => {
  it.each(["create", "update", "replace", "delete"] as const)("is a resource to %s", (op) => {
    expect(driftOfProgram(before(op))).toMatchObject({ kind: op, name: "payments-ledger" });
  });

  it.each(["same", "read", "create-replacement", "delete-replaced"] as const)(
    "is none in a step that is %s, and no replacement is reported three times",
    (op) => {
      expect(driftOfProgram(before(op))).toBeUndefined();
    },
  );

  it("is not reported again when a step has ended", () => {
    expect(driftOfProgram(after("update"))).toBeUndefined();
  });
});

describe("the properties of drift", () => {
  it("are paths where the provider gives them, sorted", () => {
    const drift = driftOfProgram(before("replace", { detailedDiff, diffs: ["environment"] }));

    expect(drift?.properties).toEqual(["architectures[0]", "environment.variables.STAGE"]);
  });

  it("are else the names of what changes and of what replaces, each once", () => {
    const keys = ["name", "architectures"];
    const drift = driftOfProgram(before("replace", { diffs: ["name"], keys }));

    expect(drift?.properties).toEqual(["architectures", "name"]);
  });

  it("have no values: these may be secret", () => {
    const drift = driftOnAws(after("update", { detailedDiff, old: state, new: state }));

    expect(JSON.stringify(drift)).not.toContain("of-no-concern");
  });
});

describe("the report of drift", () => {
  const drift = { name: "payments-ledger-function", type, urn, properties: ["memorySize"] };

  it("has a row for each difference, AWS's first, and counts resources", () => {
    const text = driftText("dev", [
      { ...drift, kind: "update" },
      { ...drift, kind: "changed" },
    ]);

    expect(text).toContain("dev: 1 resource differs.");
    expect(text).toMatch(
      /changed on AWS .*payments-ledger-function .*lambda\.Function .*memorySize/,
    );
    expect(text.indexOf("changed on AWS")).toBeLessThan(text.indexOf("would be updated"));
  });

  it("fits 100 columns, however long names and paths are", () => {
    const long = { ...drift, name: "n".repeat(70), properties: ["p".repeat(90)] };

    for (const line of driftText("dev", [{ ...long, kind: "gone" }]).split("\n"))
      expect(line.length).toBeLessThanOrEqual(100);
  });

  it("says that there is none", () => {
    expect(driftText("prod", [])).toMatch(/^prod: .*agree/);
  });
});
