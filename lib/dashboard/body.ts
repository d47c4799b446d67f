import * as z from "zod";
import { counted } from "../core/counted";
import { isRecord } from "../core/is-record";
import { UserError } from "../core/user-error";
import { placeProblems, placed } from "./grid";
import type { Place } from "./grid";
import { bodySchema } from "./schema";
import { seriesOf, seriesProblems } from "./series";
import type { Series } from "./series";

type Parsed = z.infer<typeof bodySchema>["widgets"][number];

/** A widget at its place in the grid; the metrics of a graph are spelled out. */
export type Widget = Parsed & Place & { readonly series: readonly Series[] };

/** A dashboard's body that CloudWatch would reject or render incorrectly; it lists everything that is wrong with it. */
export class DashboardError extends UserError {
  override readonly name = "DashboardError";

  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem) => `  ${problem}`).join("\n");
    super(`The dashboard has ${counted(problems.length, "problem")}:\n${list}`);
  }
}

/**
 * The widgets of a dashboard's body.
 *
 * @throws {@link DashboardError} naming each widget that is malformed, is over another or leaves the grid.
 */
export function widgetsOf(body: unknown): Widget[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new DashboardError(parsed.error.issues.map((issue) => explained(issue, body)));
  }
  const widgets = placed(parsed.data.widgets).map((widget, index) => ({
    ...widget,
    name: nameOf(widget, index),
  }));
  const problems = [
    ...placeProblems(widgets),
    ...widgets.flatMap(({ name, ...widget }) =>
      widget.type === "metric"
        ? seriesProblems(widget.properties).map((problem) => `${name}: ${problem}`)
        : [],
    ),
  ];
  if (problems.length > 0) throw new DashboardError(problems);
  return widgets.map((widget) => ({
    ...widget,
    series: widget.type === "metric" ? seriesOf(widget.properties) : [],
  }));
}

/** `widget 3 "Database"` */
function nameOf(widget: unknown, index: number): string {
  const properties = isRecord(widget) ? widget["properties"] : undefined;
  const title = isRecord(properties) ? properties["title"] : undefined;
  return `widget ${String(index + 1)}${typeof title === "string" ? ` "${title}"` : ""}`;
}

/** What is wrong with a body, by CloudWatch's schema. */
function explained({ path, message }: z.core.$ZodIssue, body: unknown): string {
  const located = (...where: string[]) =>
    [...where, message].filter((part) => part !== "").join(": ");
  const [first, index, ...rest] = path;
  if (first !== "widgets" || typeof index !== "number") return located(path.join("."));
  const { widgets } = anyWidgets.parse(body);
  return located(nameOf(widgets[index], index), rest.join("."));
}

const anyWidgets = z.looseObject({ widgets: z.array(z.unknown()) });
