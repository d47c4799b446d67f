import { element, escaped, fontFamily, label } from "../../lib/drawing/markup";
import { themes } from "../../lib/drawing/theme";
import type { Theme, ThemeName } from "../../lib/drawing/theme";
import { ratioOf } from "./measurement";
import type { Measurement } from "./measurement";

const width = 960;
const row = 34;
const top = 84;
const bars = { left: 420, right: 860 };

/** The measurements that have a baseline, each as a bar beside its baseline's length of one. */
export function chartOf(measurements: readonly Measurement[], theme: ThemeName): string {
  const colors = themes[theme];
  const compared = measurements.flatMap((measurement) => {
    const ratio = ratioOf(measurement);
    return ratio === undefined ? [] : [{ ...measurement, ratio }];
  });
  // beyond it a bar is cut off and only its number shows the ratio
  const most = 2;
  const x = (ratio: number) =>
    bars.left + ((bars.right - bars.left) * Math.min(ratio, most)) / most;
  const height = top + compared.length * row + 24;
  const title = "Measured against the baseline of the same run";
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${String(width)} ${String(height)}`,
      "font-family": fontFamily,
      role: "img",
    },
    [
      element("title", {}, [escaped(title)]),
      element("rect", { width, height, fill: colors.background }),
      label(title, { x: 24, y: 36, size: 20, fill: colors.text, bold: true }),
      label("1.0 is the baseline; the shorter, the better", {
        x: 24,
        y: 58,
        size: 13,
        fill: colors.muted,
      }),
      ...compared.flatMap((measurement, index) => bar(measurement, top + index * row, x, colors)),
      element("line", {
        x1: x(1),
        x2: x(1),
        y1: top - 8,
        y2: height - 20,
        stroke: colors.muted,
        "stroke-dasharray": "4 4",
      }),
    ],
  )}\n`;
}

function bar(
  { what, against, ratio, ratioGoal }: Measurement & { readonly ratio: number },
  y: number,
  x: (ratio: number) => number,
  { text, muted, bar: within, barBeyond }: Theme,
): string[] {
  const missed = ratioGoal !== undefined && ratio > ratioGoal;
  return [
    label(what, { x: 24, y: y + 11, size: 14, fill: text }),
    label(`against: ${against?.what ?? ""}`, { x: 24, y: y + 25, size: 11, fill: muted }),
    element("rect", {
      x: bars.left,
      y: y + 2,
      width: Math.round(x(ratio) - bars.left),
      height: 18,
      rx: 4,
      fill: missed ? barBeyond : within,
    }),
    label(ratio.toFixed(2), { x: x(ratio) + 8, y: y + 16, size: 13, fill: text, bold: true }),
  ];
}
