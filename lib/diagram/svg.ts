import { badgesOf, glyph } from "./badges";
import type { Arrangement } from "./arrange";
import type { Leg } from "./graphviz";
import { icons } from "./icons";
import { reversed, straightLine } from "./layout";
import type { Layout, Line, Point, Rectangle } from "./layout";
import { legend } from "./legend";
import { element, escaped, fontFamily, label, round, translated } from "../drawing/markup";
import { fitted, packed } from "../drawing/text";
import { fonts, sizes } from "./sizes";
import type { ThemeName } from "../drawing/theme";
import { diagramThemes } from "./theme";
import type { DiagramTheme } from "./theme";
import type { ArrowKind, Diagram, DiagramBox, DiagramNode } from "./types";

/** Draws a laid-out diagram as SVG. */
export function svgOf(
  diagram: Diagram,
  { lines, layout }: Arrangement,
  themeName: ThemeName,
): string {
  const theme = diagramThemes[themeName];
  const width = layout.width + 2 * sizes.page;
  const start = sizes.header - layout.top;
  const below = start + layout.height;
  const height = below + sizes.legend;
  const title = `Architecture of ${diagram.stack}`;
  return [
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${String(round(width))} ${String(round(height))}`,
        width: round(width),
        height: round(height),
        role: "img",
        "aria-label": title,
        "font-family": fontFamily,
      },
      [
        element("title", {}, [escaped(title)]),
        arrowHead(theme),
        element("rect", { width: "100%", height: "100%", fill: theme.background }),
        label(title, { x: sizes.page, y: 44, size: fonts.heading, fill: theme.text, bold: true }),
        element("g", { transform: translated(sizes.page, start) }, [
          ...diagram.boxes.map((box) => drawnBox(box, layout, theme)),
          ...lines.legs.map((leg) => drawnLeg(leg, layout, theme)),
          ...diagram.boxes.map((box) => boxTitle(box, layout, theme)),
          ...lines.waypoints.map((one) => pill(one.label, layout.node(one.id), theme)),
          ...diagram.nodes.map((node) => drawnNode(node, layout.node(node.id), theme)),
        ]),
        element("g", { transform: translated(sizes.page, below) }, [legend(diagram, theme)]),
      ],
    ),
    "",
  ].join("\n");
}

function arrowHead({ line }: DiagramTheme): string {
  return element("defs", {}, [
    element(
      "marker",
      {
        id: "head",
        viewBox: "0 0 10 10",
        refX: 9,
        refY: 5,
        markerWidth: 9,
        markerHeight: 9,
        markerUnits: "userSpaceOnUse",
        orient: "auto",
      },
      [element("path", { d: "M0 0.5 L10 5 L0 9.5 Z", fill: line })],
    ),
  ]);
}

function drawnBox(box: DiagramBox, layout: Layout, theme: DiagramTheme): string {
  const { x, y, width, height } = layout.box(box.id);
  const { fill, stroke, dashed } = theme.boxes[box.kind];
  return element("rect", {
    x: round(x),
    y: round(y),
    width: round(width),
    height: round(height),
    rx: 10,
    fill,
    stroke,
    "stroke-width": 1.5,
    ...(dashed === true ? { "stroke-dasharray": "6 4" } : {}),
  });
}

/** Over the lines that cross it. */
function boxTitle({ id, kind, title }: DiagramBox, layout: Layout, theme: DiagramTheme): string {
  const { x, y } = layout.box(id);
  return label(title, {
    x: x + 14,
    y: y + 25,
    size: fonts.box,
    fill: theme.text,
    bold: true,
    halo: theme.boxes[kind].fill,
  });
}

function drawnLeg(leg: Leg, layout: Layout, theme: DiagramTheme): string {
  const { arrow, tailBox, head } = leg;
  const laidOut = layout.line(leg.id);
  const oriented = leg.reversed ? reversed(laidOut) : laidOut;
  const line = tailBox === undefined ? oriented : fromBox(layout.box(tailBox), layout.node(head));
  const says = arrow.kind === "event" ? "" : (arrow.label ?? "");
  const middle = middleOf(line);
  return [
    drawnLine(line, arrow.kind, theme),
    label(says, {
      x: middle.x + 10,
      y: middle.y + 4,
      size: fonts.small,
      fill: theme.muted,
    }),
  ].join("\n");
}

/** The point in the middle of a line's middle piece, a Bézier curve. */
function middleOf({ start, curve }: Line): Point {
  const first = 3 * Math.floor(curve.length / 6);
  const piece = [start, ...curve].slice(first, first + 4);
  return piece.reduce(
    (sum, { x, y }, index) => {
      const weight = (index % 3 === 0 ? 1 : 3) / 8;
      return { x: sum.x + weight * x, y: sum.y + weight * y };
    },
    { x: 0, y: 0 },
  );
}

/** From the lower edge of a box straight to a node: down, if the node is below it. */
function fromBox(box: Rectangle, node: Rectangle): Line {
  const end = { x: node.x + node.width / 2, y: node.y };
  const x = Math.min(Math.max(end.x, box.x), box.x + box.width);
  return straightLine({ x, y: box.y + box.height }, end);
}

function drawnLine({ start, curve }: Line, kind: ArrowKind, theme: DiagramTheme): string {
  const point = ({ x, y }: Point) => `${String(round(x))},${String(round(y))}`;
  return element("path", {
    d: `M${point(start)} C${curve.map(point).join(" ")}`,
    fill: "none",
    stroke: theme.line,
    "stroke-width": 1.8,
    "marker-end": "url(#head)",
    ...(kind === "event" ? { "stroke-dasharray": "7 4" } : {}),
  });
}

/** A label on a line. */
function pill(text: string, { x, y, width, height }: Rectangle, theme: DiagramTheme): string {
  return element("g", {}, [
    element("rect", {
      x: round(x),
      y: round(y),
      width: round(width),
      height: round(height),
      rx: height / 2,
      fill: theme.card,
      stroke: theme.line,
      "stroke-width": 1.2,
    }),
    label(text, {
      x: x + width / 2,
      y: y + height / 2 + 4.5,
      size: fonts.small,
      fill: theme.text,
      middle: true,
    }),
  ]);
}

function drawnNode(node: DiagramNode, place: Rectangle, theme: DiagramTheme): string {
  const { x, y, width, height } = place;
  const isCard = node.shape === "card";
  const icon = isCard ? sizes.icon : sizes.chipIcon;
  const color = theme.categories[node.category];
  const inset = isCard ? sizes.padding : (height - icon) / 2;
  const titleSize = isCard ? fonts.title : fonts.chipTitle;
  const textX = inset + icon + 10;
  const room = width - textX - sizes.padding / 2;
  const top = isCard ? sizes.padding : (height - icon) / 2;
  const service = fitted(node.service, fonts.service, room);
  const title = fitted(node.title, titleSize, room);
  const details = isCard ? packed(node.details, fonts.detail, width - 2 * sizes.padding, 2) : [];
  return element("g", { transform: translated(x, y) }, [
    element("rect", {
      width,
      height,
      rx: 9,
      fill: theme.card,
      stroke: theme.cardBorder,
      "stroke-width": 1.2,
    }),
    element("rect", { x: inset, y: top, width: icon, height: icon, rx: 7, fill: color }),
    glyph(
      icons[node.icon],
      { x: inset + icon * 0.14, y: top + icon * 0.14 },
      { side: icon * 0.72, stroke: theme.glyph, width: 2 },
    ),
    label(service, { x: textX, y: top + 12, size: fonts.service, fill: color, bold: true }),
    label(title, {
      x: textX,
      y: top + 31,
      size: titleSize,
      fill: theme.text,
      bold: true,
    }),
    ...details.map((line, index) =>
      label(line, {
        x: sizes.padding,
        y: top + icon + 20 + index * 18,
        size: fonts.detail,
        fill: theme.muted,
      }),
    ),
    ...badgesOf(node, width, theme),
  ]);
}
