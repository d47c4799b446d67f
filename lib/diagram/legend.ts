import { counted } from "../core/counted";
import { badge } from "./badges";
import { element, label, round } from "../drawing/markup";
import { textWidth } from "../drawing/text";
import { fonts } from "./sizes";
import type { DiagramTheme } from "./theme";
import type { Diagram } from "./types";

const gap = 22;

/** The meaning of colours and signs, and how much is not drawn. */
export function legend(diagram: Diagram, theme: DiagramTheme): string {
  const used: ReadonlySet<string> = new Set(diagram.nodes.map(({ category }) => category));
  let x = 0;
  const entry = (says: string, sign: (x: number) => string) => {
    const at = x;
    x += 22 + textWidth(says, fonts.small) + gap;
    return [sign(at), label(says, { x: at + 22, y: 33, size: fonts.small, fill: theme.muted })];
  };
  return [
    ...Object.entries(theme.categories)
      .filter(([category]) => used.has(category))
      .flatMap(([category, fill]) =>
        entry(category, (at) =>
          element("rect", { x: round(at), y: 21, width: 14, height: 14, rx: 4, fill }),
        ),
      ),
    ...entry("alarms on its metrics", (at) => badge("alarm", { x: at, y: 20 }, theme)),
    ...entry("encrypted with the stack's own key", (at) => badge("lock", { x: at, y: 20 }, theme)),
    label(notDrawn(diagram), { x: 0, y: 60, size: fonts.small, fill: theme.muted }),
  ].join("\n");
}

/** Types with how many resources are of each, those with most first. */
export function countedTypes(types: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(types).sort(([, one], [, other]) => other - one);
}

/** How many resources the picture does not show. */
export function notDrawn({ resources, details, unknown }: Diagram): string {
  const total = Object.values(details).reduce((sum, count) => sum + count, 0);
  const unknownTypes = countedTypes(unknown).map(([type, count]) => `${String(count)} × ${type}`);
  return [
    `${counted(resources, "resource")}, ${String(total)} of them details that are not drawn`,
    ...(unknownTypes.length === 0
      ? []
      : [`unknown to this picture, and not drawn: ${unknownTypes.join(", ")}`]),
  ].join("; ");
}
