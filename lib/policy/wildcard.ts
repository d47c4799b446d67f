/**
 * Whether a pattern of IAM matches a text: `*` is any text, `?` one character.
 *
 * Walks both once, and goes back to the last `*` only: no pattern takes longer than its length times the text's.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resumed = 0;
  let position = 0;
  while (position < text.length) {
    if (pattern[at] === "*") {
      star = at;
      resumed = position;
      at += 1;
    } else if (pattern[at] === "?" || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // the star takes one character more
      resumed += 1;
      position = resumed;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}

/** Whether a pattern is wildcards only, and so matches anything: `*`, `**`, `?*`. */
export function isAnything(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}
