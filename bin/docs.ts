import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import * as z from "zod";
import { settingsSchema } from "../lib/config";
import { environmentSettings } from "../lib/environments";
import { defaultApiDomain } from "../lib/naming";
import { environmentTypes } from "../lib/types";
import { table } from "./docs/markdown";
import { rulesReference } from "./docs/rules";

/** The references that are generated from the code: each file's path and its text. */
export function references(): Record<string, string> {
  return {
    "docs/configuration.md": configuration(),
    "docs/outputs.md": outputs(),
    "docs/rules.md": rulesReference(),
  };
}

function configuration(): string {
  const sections = Object.entries(settingsSchema.shape).map(([section, schema]) => {
    const rows = Object.entries<z.ZodType>(schema.shape).flatMap(([key, setting]) =>
      settingRows(section, key, setting),
    );
    return [`## ${section}`, "", table(["Key", ...environmentTypes, "Meaning"], rows), ""].join(
      "\n",
    );
  });
  return [
    "# Configuration",
    "",
    "Generated from `lib/config.ts` and `lib/environments.ts` by `npm run docs`.",
    "",
    "Every key but `environment` is optional. A single setting is set by its path:",
    "",
    "```sh",
    "pulumi config set --path 'payments:database.instanceClass' db.t4g.small",
    "```",
    "",
    "Unknown keys, wrong types and values that AWS would refuse are reported all at once, before anything is registered.",
    "",
    table(
      ["Key", "Meaning"],
      [
        [
          "`environment`",
          "What the stack is shaped like: `dev`, `staging` or `prod`. Sizes and protection follow it.",
        ],
        [
          "`environmentSuffix`",
          "Part of every physical name, at most 24 characters; by default the stack's name.",
        ],
        [
          "`dbPassword`",
          "The database's master password (`pulumi config set --secret`); by default RDS makes, keeps and rotates it.",
        ],
      ],
    ),
    "",
    ...sections,
  ].join("\n");
}

function settingRows(section: string, key: string, schema: z.ZodType): string[][] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([inner, setting]) =>
      settingRows(section, `${key}.${inner}`, setting as z.ZodType),
    );
  }
  const values = environmentTypes.map((environment) => {
    const defaults: unknown = {
      ...environmentSettings[environment],
      api: {
        ...environmentSettings[environment].api,
        customDomain: defaultApiDomain({ environment, environmentSuffix: environment }),
      },
    };
    return `\`${JSON.stringify(at(defaults, [section, ...key.split(".")]))}\``;
  });
  return [[`\`${section}.${key}\``, ...values, `${schema.description ?? ""} ${allowed(schema)}`]];
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === "object" ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** What a setting may be, as far as JSON schema tells. */
function allowed(schema: z.ZodType): string {
  const { enum: values, minimum, maximum } = z.toJSONSchema(schema);
  if (values !== undefined) return `One of ${values.map((v) => `\`${String(v)}\``).join(", ")}.`;
  if (typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER) {
    return `${String(minimum)} to ${String(maximum)}.`;
  }
  return typeof minimum === "number" ? `At least ${String(minimum)}.` : "";
}

function outputs(): string {
  const file = path.join(__dirname, "../lib/outputs.ts");
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

if (require.main === module) {
  for (const [file, text] of Object.entries(references())) {
    fs.writeFileSync(path.join(__dirname, "..", file), text);
    console.log(`wrote ${file}`);
  }
}
