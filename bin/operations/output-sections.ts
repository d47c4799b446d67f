import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { root } from "./command";

/** An output as `lib/outputs.ts` declares it. */
export interface DeclaredOutput {
  readonly name: string;
  /** TypeScript's, of the value: `string[]`. */
  readonly type: string;
  /** Whether every stack has it. */
  readonly always: boolean;
  readonly meaning: string;
}

/** Outputs that belong together, in the order in which they are declared. */
export interface OutputSection {
  readonly title: string;
  readonly outputs: readonly DeclaredOutput[];
}

/** The sections of `PaymentStackOutputs`: each begins with a line comment that is its title. */
export function outputSections(): readonly OutputSection[] {
  const file = path.join(root, "lib/outputs.ts");
  const text = fs.readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const sections: { title: string; outputs: DeclaredOutput[] }[] = [];
  for (const node of source.statements) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== "PaymentStackOutputs") continue;
    for (const member of node.members.filter(ts.isPropertySignature)) {
      const title = lineComment(text, member);
      if (title !== undefined) sections.push({ title, outputs: [] });
      const output = declared(member, source);
      const section = sections.at(-1);
      if (section === undefined) throw new Error(`lib/outputs.ts: ${output.name} has no section`);
      section.outputs.push(output);
    }
  }
  return sections;
}

function lineComment(text: string, member: ts.PropertySignature): string | undefined {
  const comments = ts.getLeadingCommentRanges(text, member.getFullStart()) ?? [];
  const line = comments.find(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia);
  return line && text.slice(line.pos, line.end).replace(/^\/\/\s*/, "");
}

function declared(member: ts.PropertySignature, source: ts.SourceFile): DeclaredOutput {
  const type = member.type?.getText(source) ?? "";
  const comments = ts.getJSDocCommentsAndTags(member).map(({ comment }) => String(comment ?? ""));
  return {
    name: member.name.getText(source),
    type: /Output<(.*)>/.exec(type)?.[1] ?? "",
    always: !type.includes("undefined"),
    meaning: comments.join(" ").replaceAll("\n", " "),
  };
}
