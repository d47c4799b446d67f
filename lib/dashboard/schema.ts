import * as z from "zod";

const axis = z.strictObject({
  label: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  showUnits: z.boolean().optional(),
});

/** A line across a graph; the value is in its axis's unit. */
export const horizontal = z.strictObject({
  value: z.number(),
  label: z.string().optional(),
  color: z.string().optional(),
  fill: z.enum(["above", "below", "none"]).optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(["left", "right"]).optional(),
});

const vertical = z.looseObject({ value: z.string() });

/** The properties of a metric widget. */
export const graph = z.strictObject({
  title: z.string().optional(),
  region: z.string(),
  accountId: z.string().optional(),
  metrics: z.array(z.array(z.unknown()).min(1)).max(500).optional(),
  view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]).optional(),
  stacked: z.boolean().optional(),
  sparkline: z.boolean().optional(),
  trend: z.boolean().optional(),
  liveData: z.boolean().optional(),
  setPeriodToTimeRange: z.boolean().optional(),
  singleValueFullPrecision: z.boolean().optional(),
  period: z.int().min(60).multipleOf(60).optional(),
  stat: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
  timezone: z.string().optional(),
  legend: z.strictObject({ position: z.enum(["right", "bottom", "hidden"]) }).optional(),
  labels: z.unknown().optional(),
  table: z.unknown().optional(),
  yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).optional(),
  annotations: z
    .strictObject({
      alarms: z.array(z.string()).max(1).optional(),
      horizontal: z.array(z.union([horizontal, z.tuple([horizontal, horizontal])])).optional(),
      vertical: z.array(z.union([vertical, z.tuple([vertical, vertical])])).optional(),
    })
    .optional(),
});

const position = {
  x: z.int().min(0).max(23).optional(),
  y: z.int().min(0).optional(),
  width: z.int().min(1).max(24).default(6),
  height: z.int().min(1).max(1000).default(6),
};

/** A widget of any kind; its default size is CloudWatch's. */
export const widget = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("metric"), ...position, properties: graph }),
  z.strictObject({
    type: z.literal("text"),
    ...position,
    properties: z.strictObject({
      markdown: z.string(),
      background: z.enum(["solid", "transparent"]).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal("alarm"),
    ...position,
    properties: z.strictObject({
      title: z.string().optional(),
      alarms: z.array(z.string()).min(1).max(100),
      sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]).optional(),
      states: z.array(z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"])).optional(),
    }),
  }),
  z.strictObject({
    type: z.enum(["log", "explorer", "custom"]),
    ...position,
    properties: z.looseObject({ title: z.string().optional() }),
  }),
]);

/** What CloudWatch accepts (User Guide, "Dashboard body structure and syntax"). */
export const bodySchema = z.strictObject({
  start: z.string().optional(),
  end: z.string().optional(),
  periodOverride: z.enum(["auto", "inherit"]).optional(),
  variables: z.array(z.unknown()).max(25).optional(),
  widgets: z.array(widget).max(500),
});
