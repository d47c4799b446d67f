/** The colours of a picture. */
export interface Theme {
  readonly background: string;
  readonly card: string;
  readonly cardBorder: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly glyph: string;
  /** The lines of a scale. */
  readonly grid: string;
  /** The line of a threshold. */
  readonly threshold: string;
  readonly ok: string;
  readonly okFill: string;
  readonly bar: string;
  /** A bar beyond its goal. */
  readonly barBeyond: string;
  /** What curves without a colour of their own get, one after the other. */
  readonly curves: readonly string[];
}

/** The themes that a picture can be drawn in. */
export const themeNames = ["light", "dark"] as const;

export type ThemeName = (typeof themeNames)[number];

/** The curves are CloudWatch's, and lighter ones for the dark. */
export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    card: "#ffffff",
    cardBorder: "#d0d7de",
    text: "#1f2328",
    muted: "#59636e",
    line: "#57606a",
    glyph: "#ffffff",
    grid: "#e4e8ec",
    threshold: "#cf222e",
    ok: "#1a7f37",
    okFill: "#dafbe1",
    bar: "#3b5bdb",
    barBeyond: "#d9660a",
    curves: [
      "#1f77b4",
      "#ff7f0e",
      "#2ca02c",
      "#9467bd",
      "#8c564b",
      "#e377c2",
      "#7f7f7f",
      "#17becf",
    ],
  },
  dark: {
    background: "#0d1117",
    card: "#1c2430",
    cardBorder: "#3d4654",
    text: "#f0f6fc",
    muted: "#a9b4c0",
    line: "#a9b4c0",
    glyph: "#ffffff",
    grid: "#2d3642",
    threshold: "#ff7b72",
    ok: "#56d364",
    okFill: "#12301b",
    bar: "#7b93ff",
    barBeyond: "#f08a3c",
    curves: [
      "#5aa9e6",
      "#ffa657",
      "#63c46a",
      "#b99af0",
      "#c49a8d",
      "#f0a3dc",
      "#a9b4c0",
      "#4fd5e3",
    ],
  },
};
