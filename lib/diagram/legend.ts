import { counted } from "../counted";
import { element, label } from "./markup";
import { fonts, textWidth } from "./sizes";
import type { Theme } from "./theme";
import type { Diagram } from "./types";

/** What the colours and signs mean, and what is not drawn. */
export function legend(diagram: Diagram, width: number, theme: Theme): string {
  const used = new Set(diagram.nodes.map(({ category }) => category));
  let x = 0;
  const entries = Object.entries(theme.categories)
    .filter(([category]) => [...used].some((one) => one === category))
    .flatMap(([category, fill]) => {
      const at = x;
      x += 22 + textWidth(category, fonts.small) + 18;
      return [
        element("rect", { x: at, y: 21, width: 14, height: 14, rx: 4, fill }),
        label(category, { x: at + 21, y: 33, size: fonts.small, fill: theme.muted }),
      ];
    });
  return [
    ...entries,
    label(notDrawn(diagram), { x: 0, y: 62, size: fonts.small, fill: theme.muted }),
  ].join("\n");
}

/** How many resources the picture does not show. */
export function notDrawn({ resources, details, unknown }: Diagram): string {
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  const unknownTypes = Object.entries(unknown)
    .map(([type, count]) => `${String(count)} × ${type}`)
    .join(", ");
  return [
    `${counted(resources, "resource")}, ${String(total(details))} of them details that are not drawn`,
    ...(unknownTypes === "" ? [] : [`not known to this picture: ${unknownTypes}`]),
  ].join("; ");
}
