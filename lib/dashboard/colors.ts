import type { ThemeName } from "../diagram/theme";
import type { Series } from "./series";

/** What lines without a colour of their own get, one after the other: CloudWatch's, and lighter ones for the dark. */
const palettes: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ["#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#17becf"],
  dark: ["#5aa9e6", "#ffa657", "#63c46a", "#b99af0", "#c49a8d", "#f0a3dc", "#a9b4c0", "#4fd5e3"],
};

/** The colours of a graph's lines. */
export function colorsOf(series: readonly Series[], theme: ThemeName): string[] {
  const palette = palettes[theme];
  return series.map(({ color }, index) => color ?? String(palette[index % palette.length]));
}

/** The colours of what is not a line. */
export const signals = {
  light: {
    threshold: "#cf222e",
    ok: "#1a7f37",
    okFill: "#dafbe1",
    link: "#0969da",
    grid: "#e4e8ec",
  },
  dark: {
    threshold: "#ff7b72",
    ok: "#56d364",
    okFill: "#12301b",
    link: "#6cb6ff",
    grid: "#2d3642",
  },
} as const satisfies Record<ThemeName, Record<string, string>>;
