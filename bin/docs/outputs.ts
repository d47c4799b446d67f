import { outputSections } from "../operations/output-sections";
import { table } from "./markdown";

/** Every output of a stack. */
export function outputsReference(): string {
  const sections = outputSections().flatMap(({ title, outputs }) => [
    `## ${title}`,
    "",
    table(
      ["Output", "Type", "Present", "Meaning"],
      outputs.map(({ name, type, always, meaning }) => [
        `\`${name}\``,
        type.replaceAll("|", "\\|"),
        always ? "always" : "where the stack has it",
        meaning,
      ]),
    ),
    "",
  ]);
  return [
    "# Outputs",
    "",
    "Generated from the outputs that the foundation and the modules declare by `npm run docs`.",
    "",
    "`pulumi stack output` and `cfn-outputs/flat-outputs.json` have them under these names; `npm run outputs` shows those of",
    "a stack.",
    "",
    ...sections,
  ].join("\n");
}
