import * as z from "zod";

/** How one metric of a graph is shown. */
const rendering = z.strictObject({
  accountId: z.string().optional(),
  color: z.string().optional(),
  expression: z.string().optional(),
  id: z
    .string()
    .regex(/^[a-z][A-Za-z0-9_]*$/, "an id starts with a lower-case letter")
    .optional(),
  label: z.string().optional(),
  period: z.int().min(60).multipleOf(60).optional(),
  region: z.string().optional(),
  stat: z.string().optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(["left", "right"]).optional(),
});

type Rendering = z.infer<typeof rendering>;

/** One line of a graph, or a metric that only an expression uses. */
export interface Series {
  /** Where its values are from: `Sum AWS/Lambda Errors`, or metric math with such in place of ids. */
  readonly source: string;
  /** The metric with its dimensions, whatever the statistic: lines of the same have the same shape. */
  readonly key: string;
  readonly label: string;
  readonly stat: string;
  /** In seconds. */
  readonly period: number;
  readonly axis: "left" | "right";
  readonly color: string | undefined;
  readonly visible: boolean;
}

/** The part of a graph's properties that says what it shows. */
export interface Metrics {
  readonly metrics?: readonly (readonly unknown[])[] | undefined;
  readonly stat?: string | undefined;
  readonly period?: number | undefined;
}

/** An entry of the array of metrics: its texts, in full, and how it is shown. */
interface Entry {
  readonly texts: readonly string[];
  readonly shown: Rendering;
}

/** The lines of a graph. */
export function seriesOf(graph: Metrics): Series[] {
  const entries = entriesOf(graph.metrics);
  const stat = ({ shown }: Entry) => shown.stat ?? graph.stat ?? "Average";
  const metric = (entry: Entry) => [stat(entry), ...entry.texts.slice(0, 2)].join(" ");
  return entries.map((entry) => {
    const { texts, shown } = entry;
    const source =
      shown.expression === undefined
        ? metric(entry)
        : spelledOut(shown.expression, entries, metric);
    return {
      source,
      key: shown.expression === undefined ? texts.join(" ") : source,
      label: shown.label ?? texts[1] ?? source,
      stat: stat(entry),
      period: shown.period ?? graph.period ?? 300,
      axis: shown.yAxis ?? "left",
      color: shown.color,
      visible: shown.visible ?? true,
    };
  });
}

/** Metric math with metrics in place of their ids, and with what METRICS() stands for. */
function spelledOut(
  expression: string,
  entries: readonly Entry[],
  metric: (entry: Entry) => string,
): string {
  const metrics = entries.filter(({ texts }) => texts.length > 0);
  const all = [...new Set(metrics.map(metric))].join(", ");
  const text = expression.replaceAll(idPattern, (id) => {
    const named = metrics.find(({ shown }) => shown.id === id);
    return named === undefined ? id : metric(named);
  });
  return expression.includes("METRICS(") ? `${text} of ${all}` : text;
}

/** What is wrong with the metrics of a graph. */
export function seriesProblems({ metrics = [] }: Metrics): string[] {
  const malformed = metrics.flatMap((entry, index) => {
    const at = `metric ${String(index + 1)}`;
    const last = entry.at(-1);
    const texts = entry.slice(0, typeof last === "string" ? undefined : -1);
    if (texts.some((text) => typeof text !== "string")) {
      return [`${at}: only the last part may be other than a text`];
    }
    const parsed = typeof last === "string" ? undefined : rendering.safeParse(last);
    if (parsed?.success === false) {
      return parsed.error.issues.map(
        ({ path, message }) => `${at}: ${[...path, message].join(": ")}`,
      );
    }
    if (parsed?.data.expression !== undefined) {
      return texts.length === 0 ? [] : [`${at}: is an expression and a metric`];
    }
    const isShort = texts[0] === "...";
    if (isShort && index === 0) return [`${at}: ... repeats what was before, and nothing was`];
    return isShort || (texts.length >= 2 && texts.length % 2 === 0)
      ? []
      : [`${at}: lacks its namespace, its name or a dimension's value`];
  });
  return malformed.length > 0 ? malformed : idProblems(entriesOf(metrics));
}

/** Ids that two metrics have, and those that an expression uses and none has. */
function idProblems(entries: readonly Entry[]): string[] {
  const ids = entries.flatMap(({ shown }) => shown.id ?? []);
  const twice = ids.filter((id, index) => ids.indexOf(id) < index);
  const unknown = entries.flatMap(({ shown: { expression = "" } }) =>
    usedIds(expression).filter((id) => !ids.includes(id)),
  );
  return [
    ...twice.map((id) => `the id ${id} is there twice`),
    ...unknown.map((id) => `an expression uses the id ${id}, which no metric has`),
  ];
}

/** An id in metric math. */
const idPattern = /(?<![A-Za-z0-9_.])[a-z][A-Za-z0-9_]*/g;

/** The ids in metric math; functions are in capitals, and queries (SELECT, SEARCH) quote or have none. */
function usedIds(expression: string): string[] {
  if (/^\s*SELECT\b/.test(expression)) return [];
  const unquoted = expression.replaceAll(/"[^"]*"|'[^']*'/g, "");
  return [...unquoted.matchAll(idPattern)].map(([id]) => id);
}

/** The entries in full: "." repeats a part of the one before, "..." all but its last ones. */
function entriesOf(metrics: Metrics["metrics"] = []): Entry[] {
  let before: readonly string[] = [];
  return metrics.map((entry) => {
    const written = entry.filter((part) => typeof part === "string");
    const texts = (
      written[0] === "..."
        ? [...before.slice(0, before.length - written.length + 1), ...written.slice(1)]
        : written
    ).map((text, index) => (text === "." ? String(before[index]) : text));
    if (texts.length > 0) before = texts;
    return { texts, shown: rendering.catch({}).parse(entry.at(-1)) };
  });
}
