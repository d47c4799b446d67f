import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";

/** How a deployed resource can differ, and how it is described. */
export const driftKinds = {
  changed: "changed on AWS",
  gone: "gone from AWS",
  create: "would be created",
  update: "would be updated",
  replace: "would be replaced",
  delete: "would be deleted",
} as const;

/** What a resource's difference is: the first two are AWS's, the others the program's. */
export type DriftKind = keyof typeof driftKinds;

/** A resource that differs from the last deployment, or that the program would change. */
export interface Drift {
  readonly name: string;
  /** Pulumi's token: `aws:cloudwatch/logGroup:LogGroup`. */
  readonly type: string;
  readonly urn: string;
  readonly kind: DriftKind;
  /** Paths of the properties that differ, sorted; without their values, which may be secret. */
  readonly properties: readonly string[];
}

/** The drift in an event of a refresh's preview: a resource differs between AWS and the state. */
export function driftOnAws({ resOutputsEvent }: EngineEvent): Drift | undefined {
  if (resOutputsEvent === undefined) return undefined;
  const { metadata } = resOutputsEvent;
  if (metadata.op === "delete") return drift(metadata, "gone");
  return metadata.op === "update" ? drift(metadata, "changed") : undefined;
}

/** The reported steps; a replacement has three, of which one is reported. */
const programKinds: Partial<Record<OpType, DriftKind>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
};

/** The drift in an event of an update's preview: the program would change a resource. */
export function driftOfProgram({ resourcePreEvent }: EngineEvent): Drift | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const kind = programKinds[resourcePreEvent.metadata.op];
  return kind && drift(resourcePreEvent.metadata, kind);
}

function drift(metadata: StepEventMetadata, kind: DriftKind): Drift {
  const { urn, type, detailedDiff, diffs = [], keys = [] } = metadata;
  const detailed = Object.keys(detailedDiff ?? {});
  // a provider need not give paths; then these are the properties' names
  const properties = detailed.length > 0 ? detailed : [...new Set([...diffs, ...keys])];
  const whole = kind === "gone" || kind === "create" || kind === "delete";
  return {
    name: urn.split("::").at(-1) ?? urn,
    type,
    urn,
    kind,
    properties: whole ? [] : properties.sort(),
  };
}
