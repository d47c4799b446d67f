import { layoutGraph, linesOf } from "./graphviz";
import type { LayoutGraph, Lines } from "./graphviz";
import { readLayout, straightLine, withOutsiders } from "./layout";
import type { Layout, Line, Point, Rectangle } from "./layout";
import type { Diagram } from "./types";

/** Lays out a graph: Graphviz, whose result is in its own JSON. */
export type LayoutEngine = (graph: LayoutGraph) => unknown;

/** A diagram with the place of everything. */
export interface Arrangement {
  readonly lines: Lines;
  readonly layout: Layout;
}

/** How many orders are tried: Graphviz's layout of a graph depends on the order of its nodes and edges. */
const attempts = 8;

/** How much longer lines may get for one crossing less. */
const crossing = 500;

/** How much longer lines may get for one less that runs behind a node. */
const hiding = 2000;

/** The clearest of several layouts: with few crossings and short lines. */
export function arranged(diagram: Diagram, layOut: LayoutEngine): Arrangement {
  const arrangements = Array.from({ length: attempts }, (_, attempt) => {
    const lines = linesOf(reordered(diagram, attempt));
    const inside = readLayout(layOut(layoutGraph(reordered(diagram, attempt), lines)));
    const layout = withOutsiders(inside, diagram, lines);
    return { lines, layout, cost: costOf(diagram, lines, layout) };
  });
  return arrangements.reduce((best, one) => (one.cost < best.cost ? one : best));
}

/** The same diagram, in another order. */
function reordered(diagram: Diagram, attempt: number): Diagram {
  const turned = <T>(items: readonly T[]): T[] => {
    const start = Math.floor((items.length * attempt) / attempts);
    const rotated = [...items.slice(start), ...items.slice(0, start)];
    return attempt % 2 === 0 ? rotated : rotated.reverse();
  };
  return { ...diagram, nodes: turned(diagram.nodes), arrows: turned(diagram.arrows) };
}

function costOf({ nodes }: Diagram, { legs }: Lines, layout: Layout): number {
  const lines = legs.map(({ id }) => layout.line(id));
  const pairs = lines.flatMap((line, index) =>
    lines.slice(index + 1).map((other) => [line, other] as const),
  );
  const crossings = pairs.filter(([line, other]) => cross(line, other)).length;
  const hidden = legs.flatMap(({ id, tail, head }) =>
    nodes
      .filter((node) => node.id !== tail && node.id !== head)
      .filter((node) => runsBehind(layout.line(id), layout.node(node.id))),
  ).length;
  const length = lines.reduce((sum, line) => sum + lengthOf(line), 0);
  return length + crossings * crossing + hidden * hiding;
}

/** Whether a line runs behind a node, by whether it crosses its diagonals. */
function runsBehind(line: Line, { x, y, width, height }: Rectangle): boolean {
  const diagonals = [
    straightLine({ x, y }, { x: x + width, y: y + height }),
    straightLine({ x, y: y + height }, { x: x + width, y }),
  ];
  return diagonals.some((diagonal) => cross(line, diagonal));
}

function lengthOf(line: Line): number {
  return segments(line).reduce((sum, [a, b]) => sum + Math.hypot(b.x - a.x, b.y - a.y), 0);
}

function cross(line: Line, other: Line): boolean {
  return segments(line).some(([a, b]) =>
    segments(other).some(
      ([c, d]) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b),
    ),
  );
}

/** The pieces between the points of a line, which is near enough to its curve. */
function segments({ start, curve }: Line): (readonly [Point, Point])[] {
  let from = start;
  return curve.map((to) => {
    const segment = [from, to] as const;
    from = to;
    return segment;
  });
}

function side(a: Point, b: Point, c: Point): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}
