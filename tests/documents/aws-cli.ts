import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import { pythonTool } from "../../lib/local/python-tools";
import { root } from "./pages";
import type { Words } from "./shell";

/** Commands that the AWS CLI has beyond the services' operations. */
const ofItsOwn = new Set(["s3 ls", "s3 rm", "s3 cp", "s3 sync", "logs tail"]);

/** Options of every command. */
const everywhere = new Set([
  "query",
  "output",
  "region",
  "profile",
  "cli-binary-format",
  "max-items",
]);

const shapeSchema = z.object({ shape: z.string() });
const modelSchema = z.object({
  operations: z.record(
    z.string(),
    z.object({ input: shapeSchema.optional(), output: shapeSchema.optional() }),
  ),
  shapes: z.record(
    z.string(),
    z.object({
      members: z.record(z.string(), shapeSchema).default({}),
      required: z.array(z.string()).default([]),
      member: shapeSchema.optional(),
      value: shapeSchema.optional(),
    }),
  ),
});
type Model = z.infer<typeof modelSchema>;

/**
 * Why the AWS CLI would refuse a call, by botocore's models, which the local cloud has installed; undefined if it
 * would not: operation, options, those that are required, and the fields of `--query`.
 */
export function refusalByAws([, service = "", verb = "", ...args]: Words): string | undefined {
  if (ofItsOwn.has(`${service} ${verb}`)) return undefined;
  const model = modelOf(service === "s3api" ? "s3" : service);
  if (model === undefined) return `AWS has no service ${service}`;
  if (verb === "wait")
    return waiters(service).has(args[0] ?? "")
      ? undefined
      : `${service} cannot wait for ${String(args[0])}`;
  const found = Object.entries(model.operations).find(([name]) => optionOf(name) === verb);
  if (found === undefined) return `${service} has no operation ${verb}`;
  const [, { input, output }] = found;
  const { members, required } = shapeOf(model, input?.shape);
  const options = args.filter((word) => word.startsWith("--")).map((word) => word.slice(2));
  const known = new Set(
    Object.keys(members).flatMap((name) => [optionOf(name), `no-${optionOf(name)}`]),
  );
  const wrong = options.find((option) => !known.has(option) && !everywhere.has(option));
  if (wrong !== undefined) return `${verb} has no option --${wrong}`;
  const missing = required.map(optionOf).find((name) => !options.includes(name));
  if (missing !== undefined) return `${verb} needs --${missing}`;
  const fields = fieldsOf(model, output?.shape);
  const query = args[args.indexOf("--query") + 1] ?? "";
  const named = options.includes("query") ? query.match(/\b[A-Z]\w+/g) : [];
  const absent = named?.find((field) => !fields.has(field));
  return absent === undefined ? undefined : `${verb} returns no ${absent}`;
}

/** `DBInstanceIdentifier` as the command line has it: `db-instance-identifier`. */
function optionOf(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

function shapeOf(model: Model, name: string | undefined) {
  return model.shapes[name ?? ""] ?? { members: {}, required: [] };
}

/** The names of all fields of a response, at any depth. */
function fieldsOf(model: Model, name: string | undefined, seen = new Set<string>()): Set<string> {
  const { members, member, value } = model.shapes[name ?? ""] ?? { members: {} };
  const fields = new Set(Object.keys(members));
  for (const { shape } of [...Object.values(members), member, value].filter(
    (one) => one !== undefined,
  ))
    if (!seen.has(shape)) {
      seen.add(shape);
      for (const field of fieldsOf(model, shape, seen)) fields.add(field);
    }
  return fields;
}

const models = new Map<string, Model | undefined>();

function modelOf(service: string): Model | undefined {
  if (!models.has(service)) models.set(service, readModel(service));
  return models.get(service);
}

function readModel(service: string): Model | undefined {
  const read = readData(service, "service-2.json");
  return read === undefined ? undefined : modelSchema.parse(read);
}

/** What the command line can wait for of a service. */
function waiters(service: string): ReadonlySet<string> {
  const { waiters: found } = z
    .object({ waiters: z.record(z.string(), z.unknown()) })
    .parse(readData(service, "waiters-2.json"));
  return new Set(Object.keys(found).map(optionOf));
}

/** A file of botocore's about a service, of its latest version. */
function readData(service: string, name: string): unknown {
  const { packages } = pythonTool("emulator", root);
  const folder = path.join(packages, "botocore/data", service);
  const latest = fs.existsSync(folder) ? fs.readdirSync(folder).sort().at(-1) : undefined;
  if (latest === undefined) return undefined;
  const file = path.join(folder, latest, name);
  const text = fs.existsSync(file)
    ? fs.readFileSync(file)
    : gunzipSync(fs.readFileSync(`${file}.gz`));
  return JSON.parse(text.toString("utf8"));
}
