const narrow = /[ilj.,:;'|!()[\]·]/;
const wide = /[mwMW@%]/;

/** How wide a text may get, in any of the usual sans-serif fonts. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) {
    if (character === " " || narrow.test(character)) ems += 0.29;
    else if (wide.test(character)) ems += 0.89;
    else if (/[A-Z]/.test(character)) ems += 0.67;
    else ems += /[ftr\-/]/.test(character) ? 0.4 : 0.575;
  }
  return ems * size;
}

/** A text, with an ellipsis for what is wider than allowed. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, size) > width) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** Items in lines, as many on each as fit; words of an item that is wider than a line go on in the next. */
export function packed(
  items: readonly string[],
  size: number,
  width: number,
  most: number,
): string[] {
  const words = items.flatMap((item) =>
    (textWidth(item, size) <= width ? [item] : item.split(" ")).map((text, index) => ({
      text,
      separator: index === 0 ? " · " : " ",
    })),
  );
  const lines: string[] = [];
  for (const { text, separator } of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? text : last + separator + text;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines
    .slice(0, most)
    .map((line, index) => (index === most - 1 && lines.length > most ? `${line} …` : line))
    .map((line) => fitted(line, size, width));
}
