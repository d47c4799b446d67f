import { diagramOf } from "../../lib/diagram/diagram";
import { themeNames } from "../../lib/drawing/theme";
import type { ProgramGraph } from "../../lib/graph/program-graph";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { drawn } from "./engine";

/** The pictures in docs/: each file's path and its text. */
export async function environmentPictures(
  record: (environment: EnvironmentType) => Promise<ProgramGraph>,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const environment of environmentTypes) {
    const draw = await drawn(diagramOf(await record(environment), { stack: environment }));
    for (const theme of themeNames) {
      const suffix = theme === "dark" ? "-dark" : "";
      files[`docs/images/architecture-${environment}${suffix}.svg`] = draw(theme);
    }
  }
  return files;
}
