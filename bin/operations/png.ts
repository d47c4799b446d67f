import * as path from "node:path";
import { Resvg } from "@resvg/resvg-js";

const fonts = path.dirname(require.resolve("@expo-google-fonts/inter/package.json"));

/** A picture as PNG, with the same font on every machine. */
export function pngOf(svg: string, width: number): Buffer {
  return new Resvg(svg, {
    fitTo: { mode: "width", value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map(
        (file) => path.join(fonts, file),
      ),
      defaultFontFamily: "Inter",
    },
  })
    .render()
    .asPng();
}
