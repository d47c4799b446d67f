import { textWidth } from "../drawing/text";
import { fonts, sizeOf, sizes } from "./sizes";
import type { Diagram, DiagramArrow, DiagramBox, DiagramNode } from "./types";

type Attributes = Record<string, string | number | boolean | { html: string }>;

/** A graph in the form that Graphviz's JavaScript builds take. */
export interface LayoutGraph {
  readonly directed: true;
  readonly graphAttributes: Attributes;
  readonly nodeAttributes: Attributes;
  readonly edgeAttributes: Attributes;
  readonly nodes: { name: string; attributes: Attributes }[];
  readonly edges: { tail: string; head: string; attributes: Attributes }[];
  readonly subgraphs: LayoutCluster[];
}

interface LayoutCluster {
  readonly name: string;
  readonly graphAttributes: Attributes;
  readonly nodes: { name: string; attributes: Attributes }[];
  readonly subgraphs: LayoutCluster[];
}

/** A line of the picture: an arrow, or its part up to, or from, what it passes through. */
export interface Leg {
  /** As the layout names it; equal for arrows that share it. */
  readonly id: string;
  readonly tail: string;
  readonly head: string;
  /** The box that it begins at, in place of its tail. */
  readonly tailBox?: string;
  /** Drawn from head to tail: its head stands above what its data comes from. */
  readonly reversed: boolean;
  /** The least number of ranks from tail to head. */
  readonly ranks: number;
  readonly arrow: DiagramArrow;
}

/** A place that an event passes on its way into a network: its label stands there. */
export interface Waypoint {
  readonly id: string;
  readonly label: string;
  readonly box: string;
}

/** The lines of a picture and the places of their labels. */
export interface Lines {
  readonly legs: readonly Leg[];
  readonly waypoints: readonly Waypoint[];
}

/** What Graphviz gives positions in; sizes are in inches. */
export const pixelsPerInch = 72;

/** The lines that arrows are drawn with. */
export function linesOf(diagram: Diagram): Lines {
  const legs = new Map<string, Leg>();
  const waypoints: Waypoint[] = [];
  const add = (leg: Omit<Leg, "id">) => {
    const id = `${leg.tailBox ?? leg.tail} -> ${leg.head}`;
    if (!legs.has(id)) legs.set(id, { id, ...leg });
  };
  for (const arrow of diagram.arrows) {
    const { from, to, via, kind, label } = arrow;
    const vpc = vpcOf(to, diagram);
    if (via !== undefined) {
      const isGateway = boxOf(via, diagram)?.kind === "vpc";
      add({ arrow, tail: from, head: via, reversed: false, ranks: isGateway ? 2 : 1 });
      add({ arrow, tail: via, head: to, reversed: false, ranks: isGateway ? 1 : 2 });
    } else if (kind === "event" && label !== undefined) {
      const id = `${from} ${label} ${to}`;
      waypoints.push({ id, label, box: vpc?.id ?? "region" });
      add({ arrow, tail: to, head: id, reversed: true, ranks: vpc === undefined ? 1 : 2 });
      add({ arrow, tail: id, head: from, reversed: true, ranks: 1 });
    } else if (vpcOf(from, diagram) !== undefined && vpc === undefined && isEntry(to, diagram)) {
      add({ arrow, tail: to, head: from, reversed: true, ranks: 1 });
    } else {
      const inside = representative(from, diagram);
      const beside = kind === "way" && boxOf(from, diagram)?.kind === "region";
      const tailBox = inside === undefined ? {} : { tailBox: from };
      add({
        arrow,
        tail: inside ?? from,
        head: to,
        ...tailBox,
        reversed: false,
        ranks: beside ? 0 : 1,
      });
    }
  }
  return { legs: [...legs.values()], waypoints };
}

function boxOf(id: string, { nodes, boxes }: Diagram): DiagramBox | undefined {
  const box = nodes.find((node) => node.id === id)?.box;
  return boxes.find((one) => one.id === box);
}

/** Whether requests come in by a node, which therefore stands above those that respond to them. */
function isEntry(id: string, { nodes }: Diagram): boolean {
  return nodes.find((node) => node.id === id)?.icon === "api";
}

function vpcOf(node: string, diagram: Diagram): DiagramBox | undefined {
  let box = boxOf(node, diagram);
  while (box !== undefined && box.kind !== "vpc") {
    const { within } = box;
    box = diagram.boxes.find(({ id }) => id === within);
  }
  return box;
}

/** The node of a box that an arrow of the box begins at in the layout: the one with the fewest of its own. */
function representative(box: string, { nodes, arrows }: Diagram): string | undefined {
  const own = (id: string) => arrows.filter(({ from, to }) => from === id || to === id).length;
  return nodes
    .filter((node) => node.box === box)
    .map(({ id }) => id)
    .sort((a, b) => own(a) - own(b))[0];
}

/** What Graphviz lays out: the boxes and what is in them, in the picture's sizes. */
export function layoutGraph(diagram: Diagram, { legs, waypoints }: Lines): LayoutGraph {
  const inches = (pixels: number) => pixels / pixelsPerInch;
  const node = (one: DiagramNode) => {
    const { width, height } = sizeOf(one);
    return { name: one.id, attributes: { width: inches(width), height: inches(height) } };
  };
  const waypoint = ({ id, label }: Waypoint) => ({
    name: id,
    attributes: { width: inches(pillWidth(label)), height: inches(sizes.pill) },
  });
  const cluster = (box: DiagramBox): LayoutCluster => ({
    name: clusterName(box.id),
    graphAttributes: {
      margin: sizes.boxMargin,
      label: { html: spacer(textWidth(box.title, fonts.box) + 30, sizes.boxTitle) },
    },
    nodes: [
      ...diagram.nodes.filter((one) => one.box === box.id).map(node),
      ...waypoints.filter((one) => one.box === box.id).map(waypoint),
    ],
    subgraphs: diagram.boxes.filter(({ within }) => within === box.id).map(cluster),
  });
  const outsiders = diagram.nodes.filter(({ box }) => box === undefined).map(({ id }) => id);
  const inside = legs.filter(({ tail }) => !outsiders.includes(tail));
  return {
    directed: true,
    graphAttributes: {
      compound: true,
      rankdir: "TB",
      nodesep: inches(sizes.betweenNodes),
      ranksep: inches(sizes.betweenRanks),
    },
    nodeAttributes: { shape: "box", fixedsize: true, label: "" },
    edgeAttributes: { dir: "none" },
    nodes: [],
    edges: [
      ...inside.map(({ id, tail, head, tailBox, ranks }) => ({
        tail,
        head,
        attributes: {
          id,
          minlen: ranks,
          ...(tailBox === undefined ? {} : { ltail: clusterName(tailBox) }),
        },
      })),
      ...guides(diagram, inside),
    ],
    subgraphs: diagram.boxes.filter(({ within }) => within === undefined).map(cluster),
  };
}

/** Edges that are not drawn: what people operate the stack by stands to one side, over the way out of the network. */
function guides({ nodes }: Diagram, legs: readonly Leg[]): LayoutGraph["edges"] {
  const ends = new Set(legs.map(({ head }) => head));
  const starts = new Set(legs.map(({ tail }) => tail));
  const operations = nodes.filter(({ id, box }) => box === "operations" && !starts.has(id));
  const ways = nodes.filter(({ id, icon }) => isWayOut(icon) && !ends.has(id));
  return operations.flatMap(({ id: tail }) =>
    ways.map(({ id: head }) => ({ tail, head, attributes: { id: "guide", style: "invis" } })),
  );
}

function isWayOut(icon: DiagramNode["icon"]): boolean {
  return icon === "nat" || icon === "gateway";
}

/** The width of a label on a line. */
export function pillWidth(label: string): number {
  return Math.ceil(textWidth(label, fonts.small)) + 20;
}

/** How the layout names a box. */
export function clusterName(box: string): string {
  return `cluster_${box}`;
}

/** A label that only takes room. */
function spacer(width: number, height: number): string {
  const size = `width="${String(Math.ceil(width))}" height="${String(height)}"`;
  return `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" ${size}><tr><td></td></tr></table>`;
}
