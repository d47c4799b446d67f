import { widgetsOf } from "../../../lib/dashboard/body";
import { dashboardSvg } from "../../../lib/dashboard/svg";
import type { ThemeName } from "../../../lib/drawing/theme";

const draw = (widgets: unknown[], theme: ThemeName = "light") =>
  dashboardSvg("test", widgetsOf({ widgets }), theme);
const graph = (properties: object) => ({
  type: "metric",
  properties: { region: "eu-central-1", ...properties },
});
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
/** The highest and the lowest point of each curve, from the top. */
const curves = (svg: string) =>
  [...svg.matchAll(/ d="M([^"hc]*L[^"]*)"/g)].map(([, points = ""]) => {
    const heights = points.split(" L").map((point) => Number(point.split(" ")[1]));
    return { high: Math.min(...heights), low: Math.max(...heights), count: heights.length };
  });
const lineHeights = (svg: string) =>
  [...svg.matchAll(/ d="M[\d.]+ ([\d.]+) h[\d.]+"[^>]*stroke-dasharray/g)].map(([, y]) =>
    Number(y),
  );

const line = ["AWS/SQS", "Sent", { label: "sent", stat: "Sum" }];

describe("the picture of a dashboard", () => {
  it("says of every graph its title, its unit, its lines and what they are", () => {
    const texts = textsOf(
      draw([
        graph({
          title: "Queue",
          metrics: [line],
          yAxis: { left: { label: "messages", min: 0, max: 12_000 } },
        }),
      ]),
    );

    expect(texts).toEqual(
      expect.arrayContaining(["Dashboard test", "Queue", "messages", "sent", "Sum AWS/SQS Sent"]),
    );
    expect(texts).toEqual(expect.arrayContaining(["0", "12k", "sample"]));
    expect(texts.join()).toContain("Curves are samples");
  });

  it("is the same each time, and other for other metrics", () => {
    const one = draw([graph({ metrics: [line] })]);

    expect(draw([graph({ metrics: [line] })])).toBe(one);
    expect(curves(draw([graph({ metrics: [["AWS/SQS", "Lost"]] })]))).not.toEqual(curves(one));
  });

  it("is drawn in the colours of the theme, but for lines with a colour of their own", () => {
    const own = ["AWS/SQS", "Age", { color: "#123456" }];
    const [light, dark] = (["light", "dark"] as const).map((theme) =>
      draw([graph({ metrics: [line, own] })], theme),
    );

    expect(light).toContain("#1f77b4");
    expect(dark).not.toContain("#1f77b4");
    expect(dark).toContain("#123456");
  });

  it("keeps the curves on the quiet side of every threshold, which is in sight", () => {
    const svg = draw([
      graph({
        metrics: [line],
        annotations: { horizontal: [{ value: 10, label: "too many", fill: "above" }] },
      }),
      graph({
        metrics: [line],
        annotations: { horizontal: [{ value: 4, label: "too few", fill: "below" }] },
      }),
    ]);
    const [above = {}, below = {}] = curves(svg) as { high: number; low: number }[];
    const [tooMany = 0, tooFew = 0] = lineHeights(svg);

    expect(textsOf(svg)).toEqual(expect.arrayContaining(["too many", "too few", "10", "4"]));
    expect((above as { high: number }).high).toBeGreaterThan(tooMany);
    expect((below as { low: number }).low).toBeLessThan(tooFew);
  });

  it("draws a line at nothing where an alarm fires above nothing", () => {
    const svg = draw([graph({ metrics: [line], annotations: { horizontal: [{ value: 0 }] } })]);
    const [flat] = curves(svg);

    expect(flat?.high).toBe(flat?.low);
    expect(lineHeights(svg)).toEqual([flat?.low]);
  });

  it("leaves out what is hidden: metrics that only math uses, and invisible thresholds", () => {
    const svg = draw([
      graph({
        metrics: [
          [{ expression: "m / 60", label: "rate" }],
          ["AWS/SQS", "Sent", { id: "m", visible: false }],
        ],
        annotations: { horizontal: [{ value: 1, visible: false }] },
      }),
    ]);

    expect(curves(svg)).toHaveLength(1);
    expect(lineHeights(svg)).toEqual([]);
    expect(textsOf(svg)).toContain("Average AWS/SQS Sent / 60");
  });

  it("has a second axis for lines of another unit, with its own thresholds", () => {
    const svg = draw([
      graph({
        metrics: [line, ["AWS/SQS", "Age", { yAxis: "right", stat: "Maximum" }]],
        yAxis: { right: { label: "seconds", min: 0 } },
        annotations: { horizontal: [{ value: 300, yAxis: "right" }] },
      }),
    ]);

    expect(textsOf(svg)).toEqual(expect.arrayContaining(["seconds", "300"]));
    expect(curves(svg)).toHaveLength(2);
  });

  it("draws a point a period, and 99th percentiles above medians", () => {
    const stats = (stat: string, period: number) => ["AWS/SQS", "Age", { stat, period }];
    const [hourly, often, median, p99] = curves(
      draw([
        graph({ metrics: [stats("Sum", 3600)] }),
        graph({ metrics: [stats("Sum", 60)] }),
        graph({ metrics: [stats("p50", 300), stats("p99", 300)] }),
      ]),
    );

    expect(hourly?.count).toBe(12);
    expect(often?.count).toBe(96);
    expect(p99?.high).toBeLessThan(median?.high ?? 0);
  });

  it("shows text without Markdown, as much as there is room for", () => {
    const markdown =
      "# Title\nSee the [runbook](https://example.com) and `code`\n" + "more\n".repeat(50);
    const texts = textsOf(draw([{ type: "text", height: 2, width: 24, properties: { markdown } }]));

    expect(texts).toEqual(expect.arrayContaining(["Title", "See the runbook and code"]));
    expect(texts.filter((text) => text === "more").length).toBeLessThan(5);
  });

  it("shows the alarms by name, in as many columns as there is room for", () => {
    const alarms = [
      "arn:aws:cloudwatch:eu-central-1:1:alarm:b",
      "arn:aws:cloudwatch:eu-central-1:1:alarm:a",
    ];
    const long = ["x".repeat(400), "y".repeat(400)];
    const texts = textsOf(
      draw([
        { type: "alarm", width: 24, properties: { title: "Status", alarms } },
        { type: "alarm", properties: { alarms: long } },
      ]),
    );

    expect(texts.slice(2, 5)).toEqual(["Status", "a", "b"]);
    expect(texts.slice(5, 6)).toEqual(["Alarms"]);
  });

  it("says what it does not draw: other views and kinds of widgets", () => {
    const texts = textsOf(
      draw([
        graph({ title: "Share", view: "pie", metrics: [line] }),
        graph({ metrics: [line], view: "gauge" }),
        { type: "log", properties: { title: "Errors", query: "…" } },
        { type: "explorer", properties: {} },
        { type: "custom", properties: { title: "Mine" } },
      ]),
    );

    expect(texts).toEqual(
      expect.arrayContaining([
        "Share (pie)",
        " (gauge)",
        "Errors (log)",
        " (explorer)",
        "Mine (custom)",
      ]),
    );
  });

  it("of no widgets is empty", () => {
    expect(textsOf(draw([]))).toHaveLength(2);
  });
});
