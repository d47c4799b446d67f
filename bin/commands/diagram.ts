import { Command, Option } from "commander";
import pc from "picocolors";
import { between, exitCodes, withOption } from "../operations/command";
import { pictureKind, pictureWidths, writePicture } from "../operations/picture";
import { recordGraph } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { counted } from "../../lib/core/counted";
import { countedTypes } from "../../lib/diagram/legend";
import { themeNames } from "../../lib/drawing/theme";
import type { ThemeName } from "../../lib/drawing/theme";
import type { Diagram } from "../../lib/diagram/types";

interface Options {
  readonly with?: readonly string[];
  readonly out?: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly json?: true;
}

async function run(stack: string, options: Options): Promise<void> {
  const { json, out = `architecture-${stack}.svg` } = options;
  pictureKind(out);
  const { graph, region } = await recordGraph(stack, options.with);
  const { diagramOf } = await import("../../lib/diagram/diagram.js");
  const diagram = diagramOf(graph, { stack, ...(region === undefined ? {} : { region }) });
  if (json !== true || options.out !== undefined) {
    const { drawn } = await import("../diagram/engine.js");
    const draw = await drawn(diagram);
    await writePicture(out, draw(options.theme), options.width);
  }
  print(json === true ? JSON.stringify(diagram, undefined, 2) : text(diagram, out));
  const isWhole = Object.keys(diagram.unknown).length === 0;
  process.exitCode = isWhole ? exitCodes.done : exitCodes.attention;
}

function text(diagram: Diagram, out: string): string {
  const { nodes, boxes, arrows, resources, details, unknown } = diagram;
  const parts = [
    counted(nodes.length, "node"),
    `${String(boxes.length)} boundaries`,
    counted(arrows.length, "arrow"),
  ];
  return [
    `${out}: ${parts.join(", ")}, of ${counted(resources, "resource")}`,
    ...section("details of what is drawn, not drawn themselves:", details),
    ...section(pc.yellow("of unknown types, and not drawn:"), unknown),
  ].join("\n");
}

function section(title: string, types: Readonly<Record<string, number>>): string[] {
  const lines = countedTypes(types).map(([type, count]) => `${String(count).padStart(5)}  ${type}`);
  return lines.length === 0 ? [] : ["", title, ...lines];
}

export const command = new Command("diagram")
  .description(
    "Draws the architecture of a stack from what its program registers: boundaries of the network as boxes, paths of " +
      "data as arrows. No cloud and no Pulumi CLI are needed.",
  )
  .argument("[stack]", "as its Pulumi.<stack>.yaml configures it", "prod")
  .addOption(withOption())
  .option("--out <file>", "the picture, .svg or .png (default: architecture-<stack>.svg)")
  .addOption(
    new Option("--theme <name>", "the picture's colours").choices(themeNames).default("light"),
  )
  .option("--width <pixels>", "of a PNG", between(100, pictureWidths.most), pictureWidths.usual)
  .option("--json", "print what is drawn, and what is not, as JSON; a picture only with --out")
  .addHelpText(
    "after",
    "\nThe pictures of the environments in docs/images are updated by npm run docs." +
      "\n\nExit code: 0 done, 1 resources are of types that the diagram does not know, " +
      "2 wrong usage or a refused configuration.",
  )
  .action(run);
