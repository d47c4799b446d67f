/** Longest value that a report does not shorten, in characters. */
const maxLength = 120;
/** How much is shown before the place where two long values begin to differ, in characters. */
const lead = 30;

/** Two values as a report shows them: of long ones the part in which they begin to differ. */
export function shortened(before: string, after: string): [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const longer = Math.max(before.length, after.length);
  const start = longer <= maxLength ? 0 : Math.max(0, same - lead);
  return [excerpt(before, start), excerpt(after, start)];
}

function excerpt(text: string, start: number): string {
  // a text that ends before is shown by its end
  const from = Math.min(start, Math.max(0, text.length - lead));
  const end = from + maxLength;
  return `${from > 0 ? "…" : ""}${text.slice(from, end)}${end < text.length ? "…" : ""}`;
}
