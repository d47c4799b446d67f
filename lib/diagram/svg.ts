import type { Lines } from "./graphviz";
import { pillWidth } from "./graphviz";
import { badges, iconSide, icons } from "./icons";
import type { Layout, Point } from "./layout";
import { legend } from "./legend";
import { element, escaped, label, round } from "./markup";
import { fonts, sizeOf, sizes, wrapped } from "./sizes";
import { themes } from "./theme";
import type { Theme, ThemeName } from "./theme";
import type { Diagram, DiagramBox, DiagramNode } from "./types";

/** Fonts as they are on most machines; the picture carries none. */
const fontFamily =
  "Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif";

/** Draws a laid-out diagram as SVG. */
export function svgOf(
  diagram: Diagram,
  lines: Lines,
  layout: Layout,
  themeName: ThemeName,
): string {
  const theme = themes[themeName];
  const width = layout.width + 2 * sizes.page;
  const below = sizes.header + layout.height;
  const height = below + sizes.legend;
  const title = `Architecture of ${diagram.stack}`;
  return [
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${round(width)} ${round(height)}`,
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
        element("g", { transform: `translate(${String(sizes.page)} ${String(sizes.header)})` }, [
          ...diagram.boxes.map((box) => drawnBox(box, layout, theme)),
          ...lines.legs.map((leg) => {
            const points = layout.line(leg.id);
            return drawnLine(leg.reversed ? [...points].reverse() : points, leg.arrow.kind, theme);
          }),
          ...lines.legs.flatMap(({ id, arrow }) =>
            arrow.label === undefined || arrow.kind === "event"
              ? []
              : [sideLabel(arrow.label, layout.line(id), theme)],
          ),
          ...lines.waypoints.map((one) => pill(one.label, layout.node(one.id), theme)),
          ...diagram.nodes.map((node) => drawnNode(node, layout.node(node.id), theme)),
        ]),
        element("g", { transform: `translate(${String(sizes.page)} ${round(below)})` }, [
          legend(diagram, layout.width, theme),
        ]),
      ],
    ),
    "",
  ].join("\n");
}

function arrowHead({ line }: Theme): string {
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

function drawnBox(box: DiagramBox, layout: Layout, theme: Theme): string {
  const { x, y, width, height } = layout.box(box.id);
  const { fill, stroke, dashed } = theme.boxes[box.kind];
  return element("g", {}, [
    element("rect", {
      x: round(x),
      y: round(y),
      width: round(width),
      height: round(height),
      rx: 10,
      fill,
      stroke,
      "stroke-width": 1.5,
      ...(dashed === true ? { "stroke-dasharray": "6 4" } : {}),
    }),
    label(box.title, {
      x: x + 14,
      y: y + 25,
      size: fonts.box,
      fill: theme.text,
      bold: true,
    }),
  ]);
}

function drawnLine(points: readonly Point[], kind: string, { line }: Theme): string {
  const [start, ...curve] = points.map(({ x, y }) => `${round(x)},${round(y)}`);
  return element("path", {
    d: `M${String(start)} C${curve.join(" ")}`,
    fill: "none",
    stroke: line,
    "stroke-width": 1.8,
    "marker-end": "url(#head)",
    ...(kind === "event" ? { "stroke-dasharray": "7 4" } : {}),
  });
}

/** A label beside the middle of a line. */
function sideLabel(text: string, points: readonly Point[], theme: Theme): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  return label(text, {
    x: (first.x + last.x) / 2 + 8,
    y: (first.y + last.y) / 2 + 4,
    size: fonts.small,
    fill: theme.muted,
  });
}

/** A label on a line. */
function pill(text: string, { x, y }: Point, theme: Theme): string {
  const width = pillWidth(text);
  return element("g", {}, [
    element("rect", {
      x: round(x - width / 2),
      y: round(y - sizes.pill / 2),
      width,
      height: sizes.pill,
      rx: sizes.pill / 2,
      fill: theme.card,
      stroke: theme.line,
      "stroke-width": 1.2,
    }),
    label(text, { x, y: y + 4.5, size: fonts.small, fill: theme.text, middle: true }),
  ]);
}

function drawnNode(node: DiagramNode, { x, y }: Point, theme: Theme): string {
  const { width, height } = sizeOf(node);
  const isCard = node.shape === "card";
  const icon = isCard ? sizes.icon : sizes.chipIcon;
  const color = theme.categories[node.category];
  const inset = isCard ? sizes.padding : (height - icon) / 2;
  const textX = inset + icon + 10;
  const room = width - textX - sizes.padding / 2;
  const top = isCard ? sizes.padding : (height - icon) / 2;
  const [service = "", title = ""] = [
    ...wrapped(node.service, fonts.service, room, 1),
    ...wrapped(node.title, fonts.title, room, 1),
  ];
  const details = isCard
    ? wrapped(node.details.join(" · "), fonts.detail, width - 2 * sizes.padding, 2)
    : [];
  return element(
    "g",
    { transform: `translate(${round(x - width / 2)} ${round(y - height / 2)})` },
    [
      element("rect", {
        width,
        height,
        rx: 9,
        fill: theme.card,
        stroke: theme.cardBorder,
        "stroke-width": 1.2,
      }),
      element("rect", { x: inset, y: top, width: icon, height: icon, rx: 7, fill: color }),
      glyph(icons[node.icon], inset + icon * 0.14, top + icon * 0.14, icon * 0.72, theme.glyph, 2),
      label(service, { x: textX, y: top + 12, size: fonts.service, fill: color, bold: true }),
      label(title, {
        x: textX,
        y: top + 31,
        size: isCard ? fonts.title : fonts.box,
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
      ...drawnBadges(node, width, theme),
    ],
  );
}

/** In the upper right corner: alarms that watch it, and a lock if a key of the stack's own encrypts it. */
function drawnBadges(node: DiagramNode, width: number, theme: Theme): string[] {
  const y = 9;
  const lock = node.encrypted
    ? [glyph(badges.lock, width - 25, y, 16, theme.categories.security, 2.4)]
    : [];
  if (node.alarms === 0) return lock;
  const x = width - (node.encrypted ? 50 : 26);
  return [
    ...lock,
    glyph(badges.bell, x - 9, y, 16, theme.categories.management, 2.4),
    label(String(node.alarms), {
      x: x + 8,
      y: y + 13,
      size: fonts.small,
      fill: theme.categories.management,
      bold: true,
    }),
  ];
}

function glyph(
  d: string,
  x: number,
  y: number,
  side: number,
  stroke: string,
  width: number,
): string {
  return element("path", {
    d,
    transform: `translate(${round(x)} ${round(y)}) scale(${round(side / iconSide)})`,
    fill: "none",
    stroke,
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}
