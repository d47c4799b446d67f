import { DashboardError, widgetsOf } from "../../../lib/dashboard/body";

const graph = (more: object = {}, place: object = {}) => ({
  type: "metric",
  ...place,
  properties: { region: "eu-central-1", metrics: [["AWS/SQS", "Sent"]], ...more },
});

const problemsOf = (body: unknown): readonly string[] => {
  try {
    widgetsOf(body);
    return [];
  } catch (error) {
    if (error instanceof DashboardError) return error.problems;
    throw error;
  }
};
const metricProblems = (...metrics: unknown[][]) =>
  problemsOf({ widgets: [graph({ title: "Queue", metrics })] });

describe("a dashboard's widgets", () => {
  it("stand where they say, or else one after the other in rows of 24 columns, 6 by 6", () => {
    const widgets = widgetsOf({
      widgets: [
        graph({}, { width: 18 }),
        graph(),
        graph({}, { width: 12 }),
        graph({}, { x: 12, y: 6, width: 12, height: 2 }),
        graph(),
      ],
    });

    expect(widgets.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 18, 6],
      [18, 0, 6, 6],
      [0, 6, 12, 6],
      [12, 6, 12, 2],
      [0, 12, 6, 6],
    ]);
  });

  it("are identified by number and title when they overlap or leave the grid", () => {
    const body = {
      widgets: [
        graph({ title: "Left" }, { x: 0, y: 0, width: 12 }),
        graph({ title: "Right" }, { x: 11, y: 5, width: 12 }),
        { type: "text", x: 20, y: 20, width: 6, properties: { markdown: "" } },
      ],
    };

    expect(problemsOf(body)).toEqual([
      'widget 2 "Right": is over widget 1 "Left"',
      "widget 3: x 20 and width 6 leave the 24 columns",
    ]);
    expect(() => widgetsOf(body)).toThrow(/^The dashboard has 2 problems:\n {2}widget 2/);
  });

  it("may touch", () => {
    const side = { y: 0, width: 12 };

    expect(
      problemsOf({ widgets: [graph({}, { x: 0, ...side }), graph({}, { x: 12, ...side })] }),
    ).toEqual([]);
  });

  it("that CloudWatch does not know are named, with what is wrong", () => {
    expect(
      problemsOf({
        widgets: [
          graph({ title: "Queue", period: 90, titel: "x" }),
          { type: "picture", properties: {} },
          { type: "alarm", properties: { alarms: [] } },
          "no widget",
        ],
      }),
    ).toEqual([
      'widget 1 "Queue": properties.period: Invalid number: must be a multiple of 60',
      'widget 1 "Queue": properties: Unrecognized key: "titel"',
      "widget 2: type: Invalid discriminator value. Expected 'metric' | 'text' | 'alarm' | 'log' | 'explorer' | 'custom'",
      "widget 3: properties.alarms: Too small: expected array to have >=1 items",
      "widget 4: Invalid input: expected object, received string",
    ]);
  });

  it("that are no list are a problem of the body", () => {
    expect(problemsOf({ title: "x" })).toEqual([
      expect.stringMatching(/^widgets: /),
      expect.stringMatching(/^Unrecognized key: "title"/),
    ]);
    expect(problemsOf(null)).toEqual([expect.stringMatching(/^Invalid input/)]);
  });
});

describe("the metrics of a graph", () => {
  const linesOf = (more: object) => widgetsOf({ widgets: [graph(more)] })[0]?.series;

  it("are named by statistic, namespace and name, the graph's statistic and period where they have none", () => {
    expect(
      linesOf({
        stat: "Sum",
        period: 60,
        metrics: [
          ["AWS/SQS", "Sent", "QueueName", "a"],
          [
            "AWS/SQS",
            "Age",
            { stat: "p99", period: 300, label: "oldest", yAxis: "right", color: "#ff0000" },
          ],
        ],
      }),
    ).toMatchObject([
      { source: "Sum AWS/SQS Sent", label: "Sent", period: 60, axis: "left", visible: true },
      { source: "p99 AWS/SQS Age", label: "oldest", period: 300, axis: "right", color: "#ff0000" },
    ]);
  });

  it("are averages of five minutes unless something else is said, and may be left out", () => {
    expect(linesOf({})).toMatchObject([{ stat: "Average", period: 300 }]);
    expect(linesOf({ metrics: undefined, annotations: { alarms: ["arn"] } })).toEqual([]);
  });

  it("may repeat the one before by dots", () => {
    expect(
      linesOf({
        metrics: [
          ["AWS/SQS", "Sent", "QueueName", "a"],
          [".", "Age", ".", "b"],
          ["...", "c"],
        ],
      })?.map(({ key }) => key),
    ).toEqual(["AWS/SQS Sent QueueName a", "AWS/SQS Age QueueName b", "AWS/SQS Age QueueName c"]);
  });

  it("stand in metric math in place of their ids, and of METRICS()", () => {
    const hidden = (id: string, name: string) => [
      "AWS/SQS",
      name,
      { id, visible: false, stat: "Sum" },
    ];

    expect(
      linesOf({
        metrics: [
          [{ expression: "sent / 60 + total", label: "rate", id: "rate" }],
          [{ expression: "SUM(METRICS())", id: "total" }],
          [{ expression: "SELECT AVG(x) FROM y" }],
          hidden("sent", "Sent"),
          hidden("lost", "Lost"),
        ],
      })?.map(({ label, source, visible }) => [label, source, visible]),
    ).toEqual([
      ["rate", "Sum AWS/SQS Sent / 60 + total", true],
      [
        "SUM(METRICS()) of Sum AWS/SQS Sent, Sum AWS/SQS Lost",
        "SUM(METRICS()) of Sum AWS/SQS Sent, Sum AWS/SQS Lost",
        true,
      ],
      ["SELECT AVG(x) FROM y", "SELECT AVG(x) FROM y", true],
      ["Sent", "Sum AWS/SQS Sent", false],
      ["Lost", "Sum AWS/SQS Lost", false],
    ]);
  });

  it.each([
    ["lacks a value of a dimension", [["AWS/SQS", "Sent", "QueueName"]], "metric 1: lacks its"],
    ["has no name", [["AWS/SQS"]], "metric 1: lacks its"],
    ["holds something else than texts", [["AWS/SQS", 5, {}]], "metric 1: only the last part"],
    [
      "is shown in an unknown way",
      [["AWS/SQS", "Sent", { axis: "left" }]],
      "metric 1: Unrecognized",
    ],
    ["has an id that starts large", [["AWS/SQS", "Sent", { id: "Sent" }]], "metric 1: id: "],
    [
      "is math as well",
      [["AWS/SQS", "Sent", { expression: "1" }]],
      "metric 1: is an expression and",
    ],
    ["repeats nothing", [["...", "a"]], "metric 1: ... repeats"],
    ["uses an unknown id", [[{ expression: "sent / 60" }]], "an expression uses the id sent"],
    [
      "has another's id",
      [
        ["AWS/SQS", "Sent", { id: "m" }],
        ["AWS/SQS", "Age", { id: "m" }],
      ],
      "the id m is there twice",
    ],
  ])("are reported when one %s", (_, metrics, problem) => {
    expect(metricProblems(...metrics)).toEqual([
      expect.stringContaining(`widget 1 "Queue": ${problem}`),
    ]);
  });

  it("are not searched for ids within quotes", () => {
    expect(metricProblems([{ expression: `SEARCH('{AWS/SQS} name="sent"', 'Sum')` }])).toEqual([]);
  });
});
