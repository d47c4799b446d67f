import * as path from "node:path";
import { Command, Option } from "commander";
import { CommandError, between, exitCodes, withOption } from "../operations/command";
import { pictureKind, pictureWidths, writePicture } from "../operations/picture";
import { recordGraph } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { counted } from "../../lib/core/counted";
import { widgetsOf } from "../../lib/dashboard/body";
import { registeredDashboard } from "../../lib/dashboard/registered";
import type { RegisteredDashboard } from "../../lib/dashboard/registered";
import { dashboardSvg } from "../../lib/dashboard/svg";
import { themeNames } from "../../lib/drawing/theme";
import type { ThemeName } from "../../lib/drawing/theme";
import { readJsonFile } from "../../lib/core/json-file";

interface Options {
  readonly with?: readonly string[];
  readonly body?: string;
  readonly out?: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly json?: true;
}

async function run(stack: string, options: Options): Promise<void> {
  const { body: file, json } = options;
  const source = file === undefined ? stack : path.parse(file).name;
  const { out = json === true ? undefined : `dashboard-${source}.svg` } = options;
  if (out !== undefined) pictureKind(out);
  const { name, body } =
    file === undefined ? await dashboardOf(stack, options.with) : dashboardIn(file);
  const widgets = widgetsOf(body);
  if (out !== undefined) {
    await writePicture(out, dashboardSvg(name, widgets, options.theme), options.width);
  }
  const lines = widgets.flatMap(({ series }) => series.filter(({ visible }) => visible));
  print(
    json === true
      ? JSON.stringify(body, undefined, 2)
      : `${String(out)}: ${counted(widgets.length, "widget")}, ${counted(lines.length, "line")}`,
  );
  process.exitCode = exitCodes.done;
}

async function dashboardOf(
  stack: string,
  chosen: readonly string[] | undefined,
): Promise<RegisteredDashboard> {
  const { graph } = await recordGraph(stack, chosen);
  return registeredDashboard(graph.resources);
}

function dashboardIn(file: string): RegisteredDashboard {
  const advice = "Expected: a dashboard's body, as PutDashboard takes it.";
  return { name: path.parse(file).name, body: readJsonFile(file, advice, CommandError) };
}

export const command = new Command("dashboard")
  .description(
    "Draws the CloudWatch dashboard of a stack from what its program registers: where the widgets are, what they show, " +
      "at which thresholds alarms fire. The curves are samples. No cloud and no Pulumi CLI are needed.",
  )
  .argument("[stack]", "as its Pulumi.<stack>.yaml configures it", "prod")
  .addOption(withOption().conflicts("body"))
  .option("--body <file>", "draw the dashboard whose body is in this JSON file instead")
  .option("--out <file>", "the picture, .svg or .png (default: dashboard-<stack>.svg)")
  .addOption(
    new Option("--theme <name>", "the picture's colours").choices(themeNames).default("light"),
  )
  .option("--width <pixels>", "of a PNG", between(100, pictureWidths.most), pictureWidths.usual)
  .option("--json", "print the dashboard's body as JSON; a picture only with --out")
  .addHelpText(
    "after",
    "\nThe pictures of prod in docs/images are updated by npm run docs." +
      "\n\nExit code: 0 done, 2 the dashboard has widgets that are malformed, overlap or leave the 24 columns; " +
      "wrong usage or a refused configuration.",
  )
  .action(run);
