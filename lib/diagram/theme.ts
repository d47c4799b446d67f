import type { BoxKind, Category } from "./types";

/** The colours of a picture. */
export interface Theme {
  readonly background: string;
  readonly card: string;
  readonly cardBorder: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly glyph: string;
  readonly categories: Readonly<Record<Category, string>>;
  readonly boxes: Readonly<Record<BoxKind, BoxStyle>>;
}

interface BoxStyle {
  readonly fill: string;
  readonly stroke: string;
  readonly dashed?: true;
}

/** The themes that a picture can be drawn in. */
export const themeNames = ["light", "dark"] as const;

export type ThemeName = (typeof themeNames)[number];

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    card: "#ffffff",
    cardBorder: "#d0d7de",
    text: "#1f2328",
    muted: "#59636e",
    line: "#57606a",
    glyph: "#ffffff",
    categories: {
      compute: "#d9660a",
      database: "#3b5bdb",
      integration: "#d6166f",
      management: "#c2257a",
      networking: "#7c3aed",
      outside: "#59636e",
      security: "#d1242f",
      storage: "#5c8a0e",
    },
    boxes: {
      operations: { fill: "#fff5fa", stroke: "#e3a9c7", dashed: true },
      private: { fill: "#e9f4fb", stroke: "#6aaed6" },
      public: { fill: "#eef7e6", stroke: "#8dbb61" },
      region: { fill: "#f6f8fa", stroke: "#8c959f" },
      securityGroup: { fill: "#f4fafe", stroke: "#d1242f", dashed: true },
      vpc: { fill: "#f5f0ff", stroke: "#7c3aed" },
    },
  },
  dark: {
    background: "#0d1117",
    card: "#1c2430",
    cardBorder: "#3d4654",
    text: "#f0f6fc",
    muted: "#a9b4c0",
    line: "#a9b4c0",
    glyph: "#ffffff",
    categories: {
      compute: "#f08a3c",
      database: "#7b93ff",
      integration: "#f0589c",
      management: "#ee6bb0",
      networking: "#a884ff",
      outside: "#8b95a1",
      security: "#ff6b6b",
      storage: "#8fbf3f",
    },
    boxes: {
      operations: { fill: "#1d1520", stroke: "#8f4a70", dashed: true },
      private: { fill: "#10222f", stroke: "#3f7ea6" },
      public: { fill: "#17240f", stroke: "#5f8a3a" },
      region: { fill: "#131920", stroke: "#5b6570" },
      securityGroup: { fill: "#152a3a", stroke: "#e0525b", dashed: true },
      vpc: { fill: "#19142a", stroke: "#8b6cf0" },
    },
  },
};
