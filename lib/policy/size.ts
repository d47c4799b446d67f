/** How large a value may be. */
export interface Limits {
  /** Characters of texts and names, and parts, together. */
  readonly size: number;
  /** How many lists and maps may be within each other. */
  readonly depth: number;
}

/** Whether a value is within limits. It looks no further than they go, whatever it is given. */
export function isWithinLimits(value: unknown, limits: Limits): boolean {
  const waiting: [part: unknown, depth: number][] = [[value, 0]];
  let size = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [part, depth] = next;
    if (typeof part === "string") size += part.length;
    if (typeof part === "object" && part !== null) {
      const tooMany = Array.isArray(part) && part.length > limits.size;
      if (tooMany || depth === limits.depth) return false;
      for (const [name, inner] of Object.entries(part)) {
        size += name.length + 1;
        if (size > limits.size) return false;
        waiting.push([inner, depth + 1]);
      }
    }
    if (size > limits.size) return false;
  }
  return true;
}
