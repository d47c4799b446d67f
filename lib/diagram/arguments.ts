import type { RecordedResource } from "../graph/program-graph";

/** The value of an argument by its path: `destinationConfig.onFailure`. */
export function argument({ inputs }: RecordedResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined,
      inputs,
    );
}

/** An argument that is a text or a number; empty if it is neither. */
export function text(resource: RecordedResource, path: string): string {
  const value = argument(resource, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The items of an argument that is a list. */
export function list(resource: RecordedResource, path: string): readonly unknown[] {
  const value = argument(resource, path);
  return Array.isArray(value) ? value : [];
}
