import { element, escaped, label, round } from "../drawing/markup";
import { fitted, textWidth } from "../drawing/text";
import { themes } from "../drawing/theme";
import type { ThemeName } from "../drawing/theme";
import { axisOf } from "./axis";
import type { Axis, ThresholdLine } from "./axis";
import { sampleCurve } from "./sample";
import type { graph } from "./schema";
import type { Series } from "./series";
import type * as z from "zod";

/** Sizes in the picture's units. */
const sizes = {
  tick: 11,
  small: 10,
  legend: 11,
  legendLine: 17,
  side: 44,
  padding: 12,
  head: 50,
};

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A graph in a card of a size: axes with their units, thresholds, sample curves, and the legend. */
export function drawnGraph(
  properties: z.infer<typeof graph>,
  series: readonly Series[],
  size: { readonly width: number; readonly height: number },
  themeName: ThemeName,
): string {
  const lines = series.filter(({ visible }) => visible);
  const colors = curveColors(lines, themeName);
  const sides = (["left", "right"] as const).filter(
    (side) => side === "left" || lines.some(({ axis }) => axis === side),
  );
  const legendHeight = lines.length * sizes.legendLine + 6;
  const area: Area = {
    x: sizes.side,
    y: sizes.head,
    width: size.width - sizes.side - (sides.length > 1 ? sizes.side : sizes.padding),
    height: Math.max(20, size.height - sizes.head - legendHeight - 8),
  };
  const axes = sides.map((side) => axisOf(side, properties));
  return [
    grid(area, themeName),
    label("sample", {
      x: area.x + 4,
      y: area.y + area.height - 6,
      size: sizes.small,
      fill: themes[themeName].muted,
    }),
    ...axes.map((axis) => drawnAxis(axis, area, themeName)),
    ...axes.flatMap((axis) =>
      lines.map((line, rank) =>
        line.axis === axis.side ? drawnCurve(line, rank, axis, area, String(colors[rank])) : "",
      ),
    ),
    ...axes.flatMap((axis) => thresholds(axis, area, themeName)),
    ...lines.map((line, index) =>
      legendEntry(line, {
        x: sizes.padding,
        y: area.y + area.height + 20 + index * sizes.legendLine,
        room: size.width - 2 * sizes.padding,
        color: String(colors[index]),
        themeName,
      }),
    ),
  ].join("\n");
}

function grid({ x, y, width, height }: Area, themeName: ThemeName): string {
  const lines = [0, 0.5, 1].map(
    (part) => `M${String(x)} ${String(round(y + part * height))} h${String(round(width))}`,
  );
  return element("path", { d: lines.join(" "), stroke: themes[themeName].grid, fill: "none" });
}

function drawnAxis(axis: Axis, area: Area, themeName: ThemeName): string {
  const { muted } = themes[themeName];
  const isLeft = axis.side === "left";
  const anchor = isLeft ? {} : { "text-anchor": "end" };
  const edge = isLeft ? sizes.padding : area.x + area.width + sizes.side - sizes.padding;
  return [
    element(
      "text",
      { x: round(edge), y: area.y - 10, "font-size": sizes.tick, fill: muted, ...anchor },
      [escaped(axis.label)],
    ),
    ...axis.ticks.map((value) =>
      element(
        "text",
        {
          x: round(isLeft ? area.x - 6 : area.x + area.width + 6),
          y: round(at(value, axis, area) + 4),
          "font-size": sizes.tick,
          fill: muted,
          ...(isLeft ? { "text-anchor": "end" } : {}),
        },
        [short(value)],
      ),
    ),
  ].join("\n");
}

function drawnCurve(line: Series, rank: number, axis: Axis, area: Area, color: string): string {
  const [low, high] = axis.notBreaching;
  // lines of the right axis lie lower, so that they do not seem to cross the left one's thresholds
  const values = sampleCurve(line, rank).map((value) =>
    axis.side === "right" ? value / 2 : value,
  );
  const points = values.map((value, index) => {
    const x = area.x + (index / (values.length - 1)) * area.width;
    const y = at(low + value * (high - low) * 0.92, axis, area);
    return `${String(round(x))} ${String(round(y))}`;
  });
  return element("path", {
    d: `M${points.join(" L")}`,
    fill: "none",
    stroke: color,
    "stroke-width": 1.7,
    "stroke-linejoin": "round",
  });
}

function thresholds(axis: Axis, area: Area, themeName: ThemeName): string[] {
  const color = themes[themeName].threshold;
  return axis.thresholds.map((line) => {
    const y = at(line.value, axis, area);
    return [
      zone(line, y, area, color),
      element("path", {
        d: `M${String(area.x)} ${String(round(y))} h${String(round(area.width))}`,
        stroke: color,
        "stroke-width": 1.4,
        "stroke-dasharray": "5 3",
      }),
      element(
        "text",
        {
          x: round(area.x + area.width - 4),
          y: round(y - 5),
          "font-size": sizes.tick,
          "font-weight": 600,
          "text-anchor": "end",
          fill: color,
          stroke: themes[themeName].card,
          "stroke-width": 4,
          "stroke-linejoin": "round",
          "paint-order": "stroke",
        },
        [escaped(line.label ?? "")],
      ),
    ].join("\n");
  });
}

/** Where the threshold is breached, if the line says on which side. */
function zone({ fill = "none" }: ThresholdLine, y: number, area: Area, color: string): string {
  if (fill === "none") return "";
  const top = fill === "above" ? area.y : y;
  const bottom = fill === "above" ? y : area.y + area.height;
  return element("rect", {
    x: area.x,
    y: round(top),
    width: round(area.width),
    height: round(Math.max(0, bottom - top)),
    fill: color,
    opacity: 0.09,
  });
}

function at(value: number, { min, max }: Axis, { y, height }: Area): number {
  return y + height * (1 - (value - min) / (max - min));
}

interface LegendPlace {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly color: string;
  readonly themeName: ThemeName;
}

function legendEntry(line: Series, place: LegendPlace): string {
  const { x, y, room, color, themeName } = place;
  const { text, muted } = themes[themeName];
  const start = x + 16;
  const width = textWidth(line.label, sizes.legend);
  return [
    element("rect", {
      x,
      y: y - 5.5,
      width: 10,
      height: 3.5,
      rx: 1.5,
      fill: color,
    }),
    label(line.label, { x: start, y, size: sizes.legend, fill: text, bold: true }),
    label(fitted(line.source, sizes.legend, room - 24 - width), {
      x: start + width + 8,
      y,
      size: sizes.legend,
      fill: muted,
    }),
  ].join("\n");
}

/** A number in few characters. */
function short(value: number): string {
  return Math.abs(value) >= 10_000 ? `${String(round(value / 1000))}k` : String(round(value));
}

/** A line's own colour, or the next of the theme's. */
function curveColors(lines: readonly Series[], themeName: ThemeName): string[] {
  const { curves } = themes[themeName];
  return lines.map(({ color }, index) => color ?? String(curves[index % curves.length]));
}
