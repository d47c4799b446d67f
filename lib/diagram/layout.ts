import * as z from "zod";
import { clusterName } from "./graphviz";
import type { Lines } from "./graphviz";
import { sizeOf } from "./sizes";
import type { Diagram } from "./types";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its upper left corner. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything stands; y grows downwards. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where what stands above the boxes begins: 0 or less. */
  readonly top: number;
  /** The centre of a node or of a label's place. */
  readonly node: (id: string) => Point;
  readonly box: (id: string) => Rectangle;
  /** The points of a line: a start, then three for each piece of a Bézier curve. */
  readonly line: (id: string) => readonly Point[];
}

const numbers = z
  .string()
  .transform((text) => text.split(",").map(Number))
  .pipe(z.array(z.number()));

const schema = z.object({
  bb: numbers,
  objects: z.array(z.object({ name: z.string(), pos: numbers.optional(), bb: numbers.optional() })),
  edges: z.array(z.object({ id: z.string(), pos: z.string().default("") })),
});

/** Reads a layout as Graphviz writes it as JSON. */
export function readLayout(json: unknown): Layout {
  const { bb, objects, edges } = schema.parse(json);
  const [, , width = 0, height = 0] = bb;
  const point = ([x = 0, y = 0]: readonly number[]): Point => ({ x, y: height - y });
  const named = <T>(what: Map<string, T>, name: string): T => {
    const found = what.get(name);
    if (found === undefined) throw new Error(`the layout has no ${name}`);
    return found;
  };
  const nodes = new Map<string, Point>();
  const boxes = new Map<string, Rectangle>();
  for (const { name, pos, bb: bounds } of objects) {
    if (pos !== undefined) nodes.set(name, point(pos));
    if (bounds === undefined) continue;
    const [left = 0, bottom = 0, right = 0, top = 0] = bounds;
    boxes.set(name, { ...point([left, top]), width: right - left, height: top - bottom });
  }
  const lines = new Map(
    edges.map(({ id, pos }) => [
      id,
      pos.split(" ").map((pair) => point(pair.split(",").map(Number))),
    ]),
  );
  return {
    width,
    height,
    top: 0,
    node: (id) => named(nodes, id),
    box: (id) => named(boxes, clusterName(id)),
    line: (id) => named(lines, id),
  };
}

/** How far above the boxes what is outside of AWS stands. */
const above = 34;

/** A layout with what is outside of AWS straight above what it calls. */
export function withOutsiders(layout: Layout, { nodes }: Diagram, { legs }: Lines): Layout {
  const points = new Map<string, Point>();
  const lines = new Map<string, readonly Point[]>();
  let top = layout.top;
  for (const outsider of nodes.filter(({ box }) => box === undefined)) {
    const calls = legs.filter(({ tail }) => tail === outsider.id);
    const { height } = sizeOf(outsider);
    top = -(height + above);
    const ends = calls.map(({ id, head }) => {
      const { x, y } = layout.node(head);
      const node = nodes.find((one) => one.id === head);
      return { id, x, y: node === undefined ? y : y - sizeOf(node).height / 2 };
    });
    const x = ends.reduce((sum, end) => sum + end.x, 0) / Math.max(ends.length, 1);
    points.set(outsider.id, { x, y: top + height / 2 });
    for (const { id, ...end } of ends) {
      const start = { x, y: -above };
      lines.set(id, [start, start, end, end]);
    }
  }
  return {
    ...layout,
    top,
    node: (id) => points.get(id) ?? layout.node(id),
    line: (id) => lines.get(id) ?? layout.line(id),
  };
}
