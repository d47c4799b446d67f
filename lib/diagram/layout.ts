import * as z from "zod";
import { clusterName } from "./graphviz";

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
  edges: z.array(z.object({ id: z.string(), pos: z.string() })),
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
    node: (id) => named(nodes, id),
    box: (id) => named(boxes, clusterName(id)),
    line: (id) => named(lines, id),
  };
}
