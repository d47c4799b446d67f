import { instance } from "@viz-js/viz";
import { arranged } from "../../lib/diagram/arrange";
import { svgOf } from "../../lib/diagram/svg";
import type { ThemeName } from "../../lib/drawing/theme";
import type { Diagram } from "../../lib/diagram/types";

/** A diagram as SVG, by theme. */
export async function drawn(diagram: Diagram): Promise<(theme: ThemeName) => string> {
  const graphviz = await instance();
  const arrangement = arranged(diagram, (graph) => graphviz.renderJSON(graph));
  return (theme) => svgOf(diagram, arrangement, theme);
}
