import { element, escaped, fontFamily, label, round, translated } from "../drawing/markup";
import { fitted, packed, textWidth } from "../drawing/text";
import { themes } from "../drawing/theme";
import type { ThemeName } from "../drawing/theme";
import type { Widget } from "./body";
import { drawnGraph } from "./drawn-graph";
import { gridColumns } from "./grid";

/** Sizes in the picture's units. */
const sizes = { width: 1400, page: 20, header: 76, row: 46, gap: 10, padding: 12, alarm: 26 };
const column = (sizes.width - 2 * sizes.page + sizes.gap) / gridColumns;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Draws the widgets of a dashboard: where they are, what they show, the thresholds of alarms. No cloud is called: the
 * curves are samples, and the picture says so.
 *
 * @param name - Of the dashboard.
 */
export function dashboardSvg(
  name: string,
  widgets: readonly Widget[],
  themeName: ThemeName,
): string {
  const theme = themes[themeName];
  const rows = Math.max(0, ...widgets.map(({ y, height }) => y + height));
  const height = sizes.header + rows * sizes.row + sizes.page;
  const title = `Dashboard ${name}`;
  const note =
    "Drawn from the program. Curves are samples; metrics, axes and red lines (thresholds of alarms) are the dashboard's.";
  return [
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${String(sizes.width)} ${String(height)}`,
        width: sizes.width,
        height,
        role: "img",
        "aria-label": title,
        "font-family": fontFamily,
      },
      [
        element("title", {}, [escaped(title)]),
        element("rect", { width: "100%", height: "100%", fill: theme.background }),
        label(title, { x: sizes.page, y: 36, size: 22, fill: theme.text, bold: true }),
        label(note, { x: sizes.page, y: 60, size: 14, fill: theme.muted }),
        ...widgets.map((widget) => drawnWidget(widget, themeName)),
      ],
    ),
    "",
  ].join("\n");
}

function drawnWidget(widget: Widget, themeName: ThemeName): string {
  const { card, cardBorder } = themes[themeName];
  const size = {
    width: round(widget.width * column - sizes.gap),
    height: widget.height * sizes.row - sizes.gap,
  };
  const x = sizes.page + widget.x * column;
  const y = sizes.header + widget.y * sizes.row;
  return element("g", { transform: translated(x, y) }, [
    element("rect", { ...size, rx: 8, fill: card, stroke: cardBorder }),
    ...content(widget, size, themeName),
  ]);
}

function content(widget: Widget, size: Size, themeName: ThemeName): string[] {
  switch (widget.type) {
    case "text":
      return textLines(widget.properties.markdown, size, themeName);
    case "alarm":
      return [
        heading(widget.properties.title ?? "Alarms", size, themeName),
        ...alarmStates(widget.properties.alarms, size, themeName),
      ];
    case "metric": {
      const { title = "", view = "timeSeries" } = widget.properties;
      const kind = view === "timeSeries" ? "" : ` (${view})`;
      return [
        heading(`${title}${kind}`, size, themeName),
        drawnGraph(widget.properties, widget.series, size, themeName),
      ];
    }
    case "log":
    case "explorer":
    case "custom":
      return [heading(`${widget.properties.title ?? ""} (${widget.type})`, size, themeName)];
  }
}

function heading(title: string, { width }: Size, themeName: ThemeName): string {
  return label(fitted(title, 15, width - 2 * sizes.padding), {
    x: sizes.padding,
    y: 23,
    size: 15,
    fill: themes[themeName].text,
    bold: true,
  });
}

/** Markdown as far as headings and paragraphs; links and code are their texts. */
function textLines(markdown: string, { width, height }: Size, themeName: ThemeName): string[] {
  const room = width - 2 * sizes.padding;
  const lines = markdown.split("\n").flatMap((line) => {
    const bold = line.startsWith("#");
    const size = bold ? 19 : 14;
    const text = line
      .replace(/^#+ */, "")
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[`*]/g, "");
    return packed([text], size, room, 3).map((one) => ({ text: one, size, bold }));
  });
  let y = sizes.padding;
  return lines.flatMap(({ text, size, bold }) => {
    y += size * 1.45;
    const style = { x: sizes.padding, y: y - size * 0.3, size, bold, fill: themes[themeName].text };
    return y > height ? [] : [label(text, style)];
  });
}

/** One sign an alarm, all in state OK, in as many columns as the longest name allows. */
function alarmStates(arns: readonly string[], { width }: Size, themeName: ThemeName): string[] {
  const { ok, okFill } = themes[themeName];
  const names = arns.map((arn) => arn.replace(/^.*:alarm:/, "")).sort();
  const room = width - 2 * sizes.padding;
  const longest = Math.max(...names.map((name) => textWidth(name, 12.5))) + 38;
  const columns = Math.max(1, Math.floor(room / longest));
  const step = room / columns;
  return names.map((name, index) => {
    const x = sizes.padding + (index % columns) * step;
    const y = 36 + Math.floor(index / columns) * (sizes.alarm + 6);
    return element("g", { transform: translated(x, y) }, [
      element("rect", { width: round(step - 6), height: sizes.alarm, rx: 5, fill: okFill }),
      element("circle", { cx: 14, cy: sizes.alarm / 2, r: 4.5, fill: ok }),
      label(name, { x: 26, y: 17, size: 12.5, fill: themes[themeName].text }),
    ]);
  });
}
