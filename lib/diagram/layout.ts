import * as z from "zod";
import { clusterName, pixelsPerInch } from "./graphviz";
import type { Lines } from "./graphviz";
import { round } from "../drawing/markup";
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

/** A curve: its start, and then three points for each of its pieces, the last of which is its end. */
export interface Line {
  readonly start: Point;
  readonly curve: readonly Point[];
  readonly end: Point;
}

/** Where everything stands; y grows downwards. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where what stands above the boxes begins: 0 or less. */
  readonly top: number;
  /** The rectangle of a node, or of a label's place. */
  readonly node: (id: string) => Rectangle;
  readonly box: (id: string) => Rectangle;
  readonly line: (id: string) => Line;
}

const numbers = z.string().transform((text) => text.split(",").map(Number));
const pair = numbers.pipe(z.tuple([z.number(), z.number()]));
const bounds = numbers.pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]));
const inches = z.string().transform((text) => round(Number(text) * pixelsPerInch));

const schema = z.object({
  bb: bounds,
  // Graphviz leaves out what there is none of
  objects: z
    .array(
      z.union([
        z.object({ name: z.string(), pos: pair, width: inches, height: inches }),
        z.object({ name: z.string(), bb: bounds }),
      ]),
    )
    .default([]),
  edges: z
    .array(
      z.object({
        id: z.string(),
        pos: z
          .string()
          .transform((text) => text.split(" "))
          .pipe(z.array(pair)),
      }),
    )
    .default([]),
});

/** Reads a layout as Graphviz writes it as JSON. */
export function readLayout(json: unknown): Layout {
  const { bb, objects, edges } = schema.parse(json);
  const [, , right, height] = bb;
  const nodes = new Map<string, Rectangle>();
  const boxes = new Map<string, Rectangle>();
  for (const object of objects) {
    if ("bb" in object) {
      const [x, bottom, end, top] = object.bb;
      boxes.set(object.name, { x, y: height - top, width: end - x, height: top - bottom });
    } else {
      const { name, pos, ...size } = object;
      const [x, y] = pos;
      const corner = { x: x - size.width / 2, y: height - y - size.height / 2 };
      nodes.set(name, { ...corner, ...size });
    }
  }
  const lines = new Map(
    edges.map(({ id, pos }) => [
      id,
      lineOf(
        id,
        pos.map(([x, y]) => ({ x, y: height - y })),
      ),
    ]),
  );
  return {
    width: right,
    height,
    top: 0,
    node: (id) => found(nodes, id),
    box: (id) => found(boxes, clusterName(id)),
    line: (id) => found(lines, id),
  };
}

function found<T>(placed: ReadonlyMap<string, T>, name: string): T {
  const place = placed.get(name);
  if (place === undefined) throw new Error(`the layout has no ${name}`);
  return place;
}

function lineOf(id: string, [start, ...curve]: readonly Point[]): Line {
  const end = curve.at(-1);
  if (start === undefined || end === undefined) throw new Error(`${id} has no line`);
  return { start, curve, end };
}

/** A straight line as a curve. */
export function straightLine(start: Point, end: Point): Line {
  return { start, curve: [start, end, end], end };
}

/** The same line, from its end to its start. */
export function reversed({ start, curve, end }: Line): Line {
  return { start: end, curve: [start, ...curve].reverse().slice(1), end: start };
}

/** How far above the boxes what is outside of AWS stands. */
const above = 34;

/** A layout with what is outside of AWS straight above what it calls. */
export function withOutsiders(layout: Layout, { nodes }: Diagram, { legs }: Lines): Layout {
  const places = new Map<string, Rectangle>();
  const lines = new Map<string, Line>();
  for (const outsider of nodes.filter(({ box }) => box === undefined)) {
    const { width, height } = sizeOf(outsider);
    const ends = legs
      .filter(({ tail }) => tail === outsider.id)
      .map(({ id, head }) => {
        const node = layout.node(head);
        return { id, x: node.x + node.width / 2, y: node.y };
      });
    const x = ends.reduce((sum, end) => sum + end.x, 0) / ends.length;
    places.set(outsider.id, { x: x - width / 2, y: -(height + above), width, height });
    for (const { id, ...end } of ends) lines.set(id, straightLine({ x, y: -above }, end));
  }
  return {
    ...layout,
    top: Math.min(0, ...[...places.values()].map(({ y }) => y)),
    node: (id) => places.get(id) ?? layout.node(id),
    line: (id) => lines.get(id) ?? layout.line(id),
  };
}
