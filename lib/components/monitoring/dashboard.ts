import * as pulumi from "@pulumi/pulumi";
import type { StackContext } from "../../types";
import type { Graph, GraphRow } from "./dashboard-graph";
import { fiveMinutes } from "./metric";
import { runbookFile } from "./runbook";

/** What a dashboard is made of. */
export interface DashboardOptions {
  readonly context: StackContext;
  /** Its heading is this and the stack's suffix. */
  readonly title: string;
  readonly alarmArns: readonly pulumi.Input<string>[];
  readonly graphs: readonly GraphRow[];
  /** Where the runbook is published; null for its place in the repository. */
  readonly runbookUrl: string | null;
}

/** The columns of CloudWatch's grid. */
const columns = 24;
/** Heights in CloudWatch's grid units. */
const heights = { heading: 2, alarms: 6, graphs: 6 };

const alarmColor = "#d62728";

/** CloudWatch's dashboard body: where the runbook is, the status of the alarms, and the graphs. */
export function dashboardBody(options: DashboardOptions): pulumi.Output<string> {
  const { context, alarmArns, graphs } = options;
  const top = heights.heading + heights.alarms;
  return pulumi.jsonStringify({
    start: "-PT12H",
    // the alarms' thresholds are for five minutes: a longer period would sum to more
    periodOverride: "inherit",
    widgets: [
      {
        type: "text",
        ...place(0, 0, columns, heights.heading),
        properties: { markdown: heading(options) },
      },
      {
        type: "alarm",
        ...place(0, heights.heading, columns, heights.alarms),
        properties: { title: "Alarms", alarms: alarmArns, sortBy: "stateUpdatedTimestamp" },
      },
      ...graphs.flatMap((row, index) => {
        const width = columns / row.length;
        const y = top + index * heights.graphs;
        return row.map((graph, column) => ({
          type: "metric",
          ...place(column * width, y, width, heights.graphs),
          properties: graphProperties(graph, context.aws.region),
        }));
      }),
    ],
  });
}

function place(x: number, y: number, width: number, height: number) {
  return { x, y, width, height };
}

function heading({ context, title, runbookUrl }: DashboardOptions): string {
  const runbook = runbookUrl === null ? `\`${runbookFile}\`` : `the [runbook](${runbookUrl})`;
  return (
    `# ${title} ${context.environmentSuffix}\n` +
    `A red line is the threshold of an alarm; its label is the alarm's entry in ${runbook}.`
  );
}

/** The properties of a graph's widget. */
function graphProperties(graph: Graph, ownRegion: pulumi.Input<string>) {
  const { title, lines, unit, rightUnit, max, alarms = [] } = graph;
  const { period = fiveMinutes, region = ownRegion } = graph;
  const axis = (label: string) => ({ label, min: 0, showUnits: false });
  return {
    title,
    region,
    view: "timeSeries",
    period,
    metrics: lines,
    yAxis: {
      left: { ...axis(unit), ...(max !== undefined && { max }) },
      ...(rightUnit !== undefined && { right: axis(rightUnit) }),
    },
    ...(alarms.length > 0 && {
      annotations: {
        horizontal: [...new Set(alarms.map(({ value }) => value))].map((value) => {
          const same = alarms.filter((alarm) => alarm.value === value);
          const side = same.some(({ breaches }) => breaches === "below") ? "below" : "above";
          return {
            label: same.map(({ purpose }) => purpose).join(", "),
            value,
            color: alarmColor,
            ...(value > 0 && { fill: side }),
          };
        }),
      },
    }),
  };
}
