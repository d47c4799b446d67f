import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { root } from "../operations/command";
import { table } from "./markdown";

/** Every output of a stack. */
export function outputsReference(): string {
  const file = path.join(root, "lib/outputs.ts");
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, "utf8"),
    ts.ScriptTarget.ES2023,
    true,
  );
  const rows: string[][] = [];
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== "PaymentStackOutputs") return;
    for (const member of node.members.filter(ts.isPropertySignature)) {
      const type = member.type?.getText(source) ?? "";
      const comment = ts
        .getJSDocCommentsAndTags(member)
        .map(({ comment: text }) => String(text ?? ""));
      rows.push([
        `\`${member.name.getText(source)}\``,
        /Output<(.*)>/.exec(type)?.[1]?.replaceAll("|", "\\|") ?? "",
        type.includes("undefined") ? "where the stack has it" : "always",
        comment.join(" ").replaceAll("\n", " "),
      ]);
    }
  });
  return [
    "# Outputs",
    "",
    "Generated from `lib/outputs.ts` by `npm run docs`.",
    "",
    "`pulumi stack output` and `cfn-outputs/flat-outputs.json` have them under these names.",
    "",
    table(["Output", "Type", "Present", "Meaning"], rows),
    "",
  ].join("\n");
}
