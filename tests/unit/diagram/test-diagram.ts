import { diagramOf } from "../../../lib/diagram/diagram";
import type { Diagram } from "../../../lib/diagram/types";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import type { RecordedResource } from "../../../lib/graph/program-graph";

type Given = Partial<Omit<RecordedResource, "propertyDependencies">> & {
  /** The names of what each argument's value comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
};

/** A resource of a graph made by hand; its URN is its name. */
export function resource(
  type: string,
  name: string,
  { from = {}, ...given }: Given = {},
): RecordedResource {
  return {
    type,
    name,
    urn: name,
    custom: true,
    inputs: {},
    secrets: [],
    parent: "",
    dependencies: [],
    propertyDependencies: from,
    provider: "",
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    aliases: [],
    ...given,
  };
}

/** The diagram of resources. */
export function diagram(...resources: readonly RecordedResource[]): Diagram {
  return diagramOf(new ProgramGraph(undefined, resources), { stack: "test" });
}

/** The arrows of a diagram in words. */
export function arrows({ arrows: all }: Diagram): string[] {
  return all.map(({ from, to, via }) =>
    [from, ...(via === undefined ? [] : [via]), to].join(" -> "),
  );
}
