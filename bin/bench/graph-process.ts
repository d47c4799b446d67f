import * as fs from "node:fs";
import * as path from "node:path";

/** Resident megabytes of this process. */
const resident = () => Math.round(process.memoryUsage.rss() / 1e5) / 10;

/** The SDK's modules that the components import. */
function sdkModules(): string[] {
  const folder = path.resolve(__dirname, "../../lib/components");
  const texts = fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/^import \* .* from "(@pulumi\/[^"]+)"/gm),
  ]);
  return [...new Set(found.map(([, name = ""]) => name))];
}

/** Loads the SDK, then registers all of prod on Pulumi's mocks; prints what each took. */
async function run(): Promise<void> {
  const start = performance.now();
  for (const name of sdkModules()) await import(name);
  const loaded = { ms: performance.now() - start, mb: resident() };
  const { program } = await import("../../lib/program.js");
  const { record } = await import("../../lib/graph/record.js");
  const { resources } = await record(program, {
    stack: "prod",
    config: { "payments:environment": "prod" },
  });
  const registered = { ms: performance.now() - start, mb: resident() };
  console.log(JSON.stringify({ loaded, registered, resources: resources.length }));
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
