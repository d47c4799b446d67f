import * as path from "node:path";
import { CommandError, writeFile } from "./command";

/** In pixels: the width on a page, and the most that a PNG may have. */
export const pictureWidths = { usual: 1400, most: 10_000 };

/**
 * Whether a file is to be an SVG or a PNG, by its name.
 *
 * @throws {@link CommandError} if by its name it is neither.
 */
export function pictureKind(file: string): ".svg" | ".png" {
  const extension = path.extname(file);
  if (extension === ".svg" || extension === ".png") return extension;
  throw new CommandError(`${file}: a picture's name ends with .svg or .png`);
}

/** Writes a picture, as a PNG of a width if the file's name says so. */
export async function writePicture(file: string, svg: string, width: number): Promise<void> {
  if (pictureKind(file) === ".svg") {
    writeFile(file, svg);
    return;
  }
  const { pngOf } = await import("./png.js");
  writeFile(file, pngOf(svg, width));
}
