import * as z from "zod";
import { environmentSettings } from "../../lib/config";
import { modules } from "../../lib/modules";
import { environmentTypes } from "../../lib/types";
import { table } from "./markdown";

/** Every key of a stack's configuration, with each environment's value. */
export function configurationReference(): string {
  const sections = Object.entries(modules.schema.shape).map(([section, schema]) => {
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
    "Generated from the settings of the foundation and of each module by `npm run docs`.",
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
        ["`environment`", "`dev`, `staging` or `prod`, which sizes and protection follow."],
        [
          "`environmentSuffix`",
          "Part of every physical name, at most 24 characters; by default the stack's name.",
        ],
        [
          "`dbPassword`",
          "The database's master password (`pulumi config set --secret`); by default RDS creates, stores and rotates it.",
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
    return `\`${JSON.stringify(at(environmentSettings[environment], [section, ...key.split(".")]))}\``;
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

/** The allowed values of a setting, as far as its JSON schema has them. */
function allowed(schema: z.ZodType): string {
  const { enum: values, minimum, maximum } = z.toJSONSchema(schema);
  if (values !== undefined) return `One of ${values.map((v) => `\`${String(v)}\``).join(", ")}.`;
  if (typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER) {
    return `${String(minimum)} to ${String(maximum)}.`;
  }
  return typeof minimum === "number" ? `At least ${String(minimum)}.` : "";
}
