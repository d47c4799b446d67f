import {
  specialSecretSig,
  specialSigKey,
  unknownValue as unknownMark,
} from "@pulumi/pulumi/runtime/rpc";
import * as z from "zod";
import { PolicyGraph, checkDepth, unknownValue } from "../policy-graph";
import type { PolicyResource } from "../policy-graph";
import { readJsonFile } from "../../core/json-file";
import { UserError } from "../../core/user-error";

/** A state that cannot be evaluated, and why. */
export class StateError extends UserError {
  override readonly name = "StateError";
}

/** Versions of Pulumi's deployment format that this reads: 4 is 3 with optional features. */
const supportedVersions = [3, 4];

const exportSchema = z.object({ version: z.number(), deployment: z.unknown() });

const values = z.record(z.string(), z.unknown());

const resourceSchema = z.object({
  urn: z.string().refine(isUrn, "a URN"),
  type: z.string(),
  custom: z.boolean().default(false),
  external: z.boolean().default(false),
  delete: z.boolean().default(false),
  protect: z.boolean().default(false),
  id: z.string().optional(),
  inputs: values.default({}),
  outputs: values.default({}),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
});

const deploymentSchema = z.object({ resources: z.array(resourceSchema).nullish() });

/** What the provider notes among the arguments: the names of those that it filled in. */
const providerDefaultsKey = "__defaults";

/**
 * Reads what `pulumi stack export` wrote. What is encrypted in it stays so: a rule that needs such a value cannot
 * evaluate it, and the report lists that.
 *
 * @throws {@link StateError} naming the file and what is wrong: unreadable, not JSON or cut off, no export of
 * a stack, of another version.
 */
export function readState(file: string): PolicyGraph {
  const advice = `Write it with: pulumi stack export --file ${file}`;
  return stateGraph(readJsonFile(file, advice, StateError), file);
}

/**
 * The graph of an exported state.
 *
 * @param from - What it is called in messages.
 * @throws {@link StateError} if it is no state, or of a version that this does not read; `DepthError` if a resource's
 * arguments are nested too deeply.
 */
export function stateGraph(content: unknown, from: string): PolicyGraph {
  const exported = exportSchema.safeParse(content);
  if (!exported.success) {
    throw new StateError(
      `${from} is not the export of a stack. Write it with: pulumi stack export --file FILE`,
    );
  }
  const { version, deployment } = exported.data;
  if (!supportedVersions.includes(version)) {
    throw new StateError(
      `${from} is of version ${String(version)} of Pulumi's format; allowed: ${supportedVersions.join(", ")}. ` +
        "Export it again with a current Pulumi CLI.",
    );
  }
  const parsed = deploymentSchema.safeParse(deployment);
  if (!parsed.success) {
    throw new StateError(`${from} is damaged:\n${z.prettifyError(parsed.error)}`);
  }
  const resources = parsed.data.resources ?? [];
  return new PolicyGraph(
    resources
      // what others manage, and what waits to be deleted, is not this program's any more
      .filter((resource) => !resource.external && !resource.delete)
      .map((resource) => policyResource(resource)),
  );
}

/** `urn:pulumi:stack::project::type::name`; a name may have colons, and be long. */
function isUrn(text: string): boolean {
  const parts = text.split("::");
  return text.startsWith("urn:pulumi:") && parts.length >= 4 && parts.every((part) => part !== "");
}

function policyResource(resource: z.output<typeof resourceSchema>): PolicyResource {
  const { urn, type, id, protect, custom } = resource;
  const { arn } = resource.outputs;
  checkDepth(urn, resource.inputs);
  return {
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    urn,
    ...(id !== undefined && { id }),
    ...(typeof arn === "string" && { arn }),
    properties: Object.fromEntries(
      Object.entries(resource.inputs)
        .filter(([key]) => key !== providerDefaultsKey)
        .map(([key, value]) => [key, plainValue(value)]),
    ),
    sources: Object.fromEntries(
      Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
    ),
    protect,
    isComponent: !custom,
  };
}

/** The value, or that it is not known: encrypted, or not there yet. */
function plainValue(value: unknown): unknown {
  if (typeof value === "string") return value === unknownMark ? unknownValue : value;
  if (Array.isArray(value)) return value.map((item) => plainValue(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([key, mark]) => key === specialSigKey && mark === specialSecretSig)) {
    return unknownValue;
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, plainValue(inner)]));
}
