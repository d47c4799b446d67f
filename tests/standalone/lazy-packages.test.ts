import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as z from "zod";

const root = path.resolve(__dirname, "../..");

/** What a script prints as JSON that runs with Pulumi's SDK, loaded as the commands load it. */
function withSdk(script: string): unknown {
  const text = `
    import { createRequire } from "node:module";
    import "./bin/lazy-packages.mjs";
    const require = createRequire(import.meta.url);
    const pulumi = require("@pulumi/pulumi");
    console.log(JSON.stringify(${script}));`;
  const options = { cwd: root, encoding: "utf8", stdio: "pipe" } as const;
  const node = ["--input-type=module", "--eval", text];
  return JSON.parse(execFileSync(process.execPath, node, options));
}

describe("packages that Pulumi's SDK loads and no command uses", () => {
  it("are not loaded with it", () => {
    const { heap, files } = z
      .object({ heap: z.number(), files: z.array(z.string()) })
      .parse(
        withSdk("{ heap: process.memoryUsage().heapUsed, files: Object.keys(require.cache) }"),
      );

    expect(files.filter((file) => file.includes("/pacote/"))).toEqual([]);
    // the compiler's own code takes more
    expect(heap).toBeLessThan(60e6);
  });

  it("are there for who uses them after all", () => {
    const { text } = z
      .object({ text: z.string() })
      .parse(withSdk("await pulumi.runtime.serializeFunction((a) => a + 40)"));

    expect(text).toContain("a + 40");
    expect(withSdk('require("typescript").version')).toMatch(/^\d+\.\d+/);
    expect(withSdk('typeof require("@npmcli/arborist").Arborist')).toBe("function");
  });
});
