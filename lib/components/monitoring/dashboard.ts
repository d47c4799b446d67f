import * as pulumi from "@pulumi/pulumi";
import type { StackContext } from "../../types";
import type { AlarmThresholds } from "./alarms";
import { graphProperties } from "./graph";
import { graphRows } from "./graphs";
import { runbookFile } from "./runbook";
import type { MonitoredResources } from "./watched";

/** What a dashboard is made of. */
export interface DashboardOptions {
  readonly context: StackContext;
  readonly watched: MonitoredResources;
  readonly thresholds: AlarmThresholds;
  readonly alarmArns: readonly pulumi.Input<string>[];
  /** Where the runbook is published; null for its place in the repository. */
  readonly runbookUrl: string | null;
}

/** The columns of CloudWatch's grid. */
const columns = 24;
/** Heights in CloudWatch's grid units. */
const heights = { heading: 2, alarms: 6, graphs: 6 };

/** CloudWatch's dashboard body: where the runbook is, the status of the alarms, and the graphs. */
export function dashboardBody(options: DashboardOptions): pulumi.Output<string> {
  const { context, watched, thresholds, alarmArns } = options;
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
      ...graphRows(watched, thresholds).flatMap((row, index) => {
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

function heading({ context, runbookUrl }: DashboardOptions): string {
  const runbook = runbookUrl === null ? `\`${runbookFile}\`` : `the [runbook](${runbookUrl})`;
  return (
    `# Payments ${context.environmentSuffix}\n` +
    `A red line is where an alarm rings; its name is the alarm's entry in ${runbook}.`
  );
}
