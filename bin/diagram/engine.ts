import { instance } from "@viz-js/viz";
import { layoutGraph, linesOf } from "../../lib/diagram/graphviz";
import { readLayout } from "../../lib/diagram/layout";
import { svgOf } from "../../lib/diagram/svg";
import type { ThemeName } from "../../lib/diagram/theme";
import type { Diagram } from "../../lib/diagram/types";

/** A diagram as SVG, in each of the themes. */
export async function drawn<Name extends ThemeName>(
  diagram: Diagram,
  themes: readonly Name[],
): Promise<{ theme: Name; svg: string }[]> {
  const lines = linesOf(diagram);
  const graphviz = await instance();
  const layout = readLayout(graphviz.renderJSON(layoutGraph(diagram, lines)));
  return themes.map((theme) => ({ theme, svg: svgOf(diagram, lines, layout, theme) }));
}
