/**
 * Security rules for any Pulumi program on AWS: in a test, as a policy pack, or over an exported state.
 *
 * @module payment-stack/policy
 */

export type { ProgramGraph, RecordedResource } from "../graph/program-graph";
export type { GraphResource, ResourceGraph } from "../graph/resource-graph";
export type { RecordOptions } from "../graph/record";
export { audit, ruleIds } from "./audit";
export { auditProgram } from "./audit-program";
export type { Deferral, EvaluationOptions, Finding, Report, Verdict } from "./evaluate";
export { policies } from "./policies";
export type { PolicyOptions } from "./policies";
export { pciRequirements } from "./pci";
export type { PciRequirement } from "./pci";
export { jsonReport } from "./report/json";
export { sarifReport } from "./report/sarif";
export { formatReport } from "./report/text";
export type { TextOptions } from "./report/text";
export { DepthError, PolicyGraph } from "./policy-graph";
export type { PolicyResource } from "./policy-graph";
export type { Concern, Rule, RuleDescription, Severity, Violation } from "./rule";
export { rules } from "./rules";
export { recordedGraph } from "./sources/recorded";
export { StateError, readState, stateGraph } from "./sources/state";
export { SuppressionError, readSuppressions } from "./suppressions";
export type { Suppression } from "./suppressions";
export type { UncoveredType } from "./uncovered";
export { uncheckedControls } from "./unchecked";
export type { UncheckedControl } from "./unchecked";
