import type { TagsConfig } from "../types";

/** The stack's tags with the resource's own `Name`. */
export function namedTags(tags: TagsConfig, name: string): Record<string, string> {
  return { ...tags, Name: name };
}
