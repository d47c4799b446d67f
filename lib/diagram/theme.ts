import { themes } from "../drawing/theme";
import type { Theme, ThemeName } from "../drawing/theme";
import type { BoxKind, Category } from "./types";

/** The colours of a diagram. */
export interface DiagramTheme extends Theme {
  readonly categories: Readonly<Record<Category, string>>;
  readonly boxes: Readonly<Record<BoxKind, BoxStyle>>;
}

interface BoxStyle {
  readonly fill: string;
  readonly stroke: string;
  readonly dashed?: true;
}

export const diagramThemes: Readonly<Record<ThemeName, DiagramTheme>> = {
  light: {
    ...themes.light,
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
    ...themes.dark,
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
