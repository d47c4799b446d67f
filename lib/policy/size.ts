/** How large a value may be. */
export interface Limits {
  /** Characters of texts and names, and parts, together. */
  readonly size: number;
  /** How many lists and maps may be within each other. */
  readonly depth: number;
}

/** Whether a value is within limits. It looks no further than they go, whatever it is given. */
export function fits(value: unknown, limits: Limits): boolean {
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

const shallow = new WeakMap<object, boolean>();

/** Whether no more lists and maps than that are within each other. A value is looked through once. */
export function isShallow(value: unknown, depth: number): boolean {
  if (!isObject(value)) return true;
  const known = shallow.get(value) ?? hasEnd(value, depth);
  shallow.set(value, known);
  return known;
}

function hasEnd(value: object, depth: number): boolean {
  let level = new Set([value]);
  for (let left = depth; left > 0 && level.size > 0; left -= 1) {
    level = new Set([...level].flatMap((one) => Object.values(one).filter(isObject)));
  }
  return level.size === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
