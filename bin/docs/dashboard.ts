import { widgetsOf } from "../../lib/dashboard/body";
import { registeredDashboard } from "../../lib/dashboard/registered";
import { dashboardSvg } from "../../lib/dashboard/svg";
import { themeNames } from "../../lib/drawing/theme";
import type { RecordedResource } from "../../lib/graph/program-graph";

/** The pictures of prod's dashboard, from what prod registers: each file's path and its SVG. */
export function dashboardPictures(prod: readonly RecordedResource[]): Record<string, string> {
  const { name, body } = registeredDashboard(prod);
  const widgets = widgetsOf(body);
  return Object.fromEntries(
    themeNames.map((theme) => [
      `docs/images/dashboard-prod${theme === "dark" ? "-dark" : ""}.svg`,
      dashboardSvg(name, widgets, theme),
    ]),
  );
}
