import type { DiagramNode } from "./types";

/** Sizes in the picture's units, of which 1400 are as wide as a page. */
export const sizes = {
  card: { width: 232, height: 98 },
  chip: { width: 184, height: 58 },
  /** Within a card, to its edge. */
  padding: 12,
  icon: 36,
  chipIcon: 30,
  boxMargin: 16,
  boxTitle: 26,
  betweenNodes: 22,
  betweenRanks: 46,
  pill: 24,
  page: 24,
  header: 64,
  legend: 76,
} as const;

/** Sizes of letters. */
export const fonts = {
  heading: 26,
  box: 15,
  service: 13,
  title: 17.5,
  chipTitle: 15,
  detail: 14,
  small: 13,
} as const;

/** The width and height of a node. */
export function sizeOf({ shape }: Pick<DiagramNode, "shape">): {
  readonly width: number;
  readonly height: number;
} {
  return sizes[shape];
}

const narrow = /[ilj.,:;'|!()[\]·]/;
const wide = /[mwMW@%]/;

/** How wide a text may get, in any of the usual sans-serif fonts. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (letter === " " || narrow.test(letter)) ems += 0.29;
    else if (wide.test(letter)) ems += 0.89;
    else if (/[A-Z]/.test(letter)) ems += 0.67;
    else ems += /[ftr\-/]/.test(letter) ? 0.4 : 0.575;
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
