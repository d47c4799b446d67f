import { iconSide, icons } from "./icons";
import type { Point } from "./layout";
import { element, label, translated } from "../drawing/markup";
import { fonts } from "./sizes";
import type { DiagramTheme } from "./theme";
import type { DiagramNode } from "./types";

/** The side of a badge. */
const side = 16;

const signs = {
  alarm: {
    category: "management",
    path: "M6 16.5 C7.5 15 7.5 13 7.5 10.5 A4.5 4.5 0 0 1 16.5 10.5 C16.5 13 16.5 15 18 16.5 Z M10.5 19.5 H13.5",
  },
  lock: { category: "security", path: icons.secret },
} as const;

/** A small sign by its upper left corner. */
export function badge(name: keyof typeof signs, at: Point, theme: DiagramTheme): string {
  const { category, path } = signs[name];
  return glyph(path, at, { side, stroke: theme.categories[category], width: 2.4 });
}

/** In the upper right corner of a node: the alarms on its metrics, and a lock if it is encrypted. */
export function badgesOf(node: DiagramNode, width: number, theme: DiagramTheme): string[] {
  const y = 9;
  const right = width - 9;
  const lock = node.encrypted ? [badge("lock", { x: right - side, y }, theme)] : [];
  if (node.alarms === 0) return lock;
  const x = right - (node.encrypted ? side + 27 : 26);
  return [
    ...lock,
    badge("alarm", { x, y }, theme),
    label(String(node.alarms), {
      x: x + side + 1,
      y: y + 13,
      size: fonts.small,
      fill: theme.categories.management,
      bold: true,
    }),
  ];
}

/** A line drawing by its upper left corner. */
export function glyph(
  path: string,
  { x, y }: Point,
  style: { readonly side: number; readonly stroke: string; readonly width: number },
): string {
  return element("path", {
    d: path,
    transform: `${translated(x, y)} scale(${(style.side / iconSide).toFixed(2)})`,
    fill: "none",
    stroke: style.stroke,
    "stroke-width": style.width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}
