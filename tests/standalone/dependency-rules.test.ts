import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod";

const root = path.resolve(__dirname, "../..");
const resultSchema = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});

/** Imports that a rule refuses: whose, and of what. */
const refused: readonly (readonly [rule: string, from: string, to: string])[] = [
  ["core-knows-nothing-above", "lib/core/a.ts", "lib/config.ts"],
  ["core-knows-nothing-above", "lib/types.ts", "lib/components/one.ts"],
  ["catalogue-is-plain-facts", "lib/catalogue/a.ts", "lib/graph/b.ts"],
  ["graph-knows-no-program", "lib/graph/a.ts", "lib/config.ts"],
  ["graph-knows-no-program", "lib/graph/a.ts", "lib/policy/index.ts"],
  ["made-of-graphs-knows-no-program", "lib/cost/a.ts", "lib/modules/shop/a.ts"],
  ["made-of-graphs-knows-no-program", "lib/policy/index.ts", "lib/config.ts"],
  ["components-know-no-module", "lib/components/one.ts", "lib/modules/shop/a.ts"],
  ["components-know-no-module", "lib/components/one/help.ts", "lib/lambda/shop/orders/index.ts"],
  ["components-know-no-other-component", "lib/components/one.ts", "lib/components/two.ts"],
  ["components-know-no-other-component", "lib/components/one/help.ts", "lib/components/two/b.ts"],
  ["foundation-knows-no-module", "lib/foundation/a.ts", "lib/modules/contract.ts"],
  ["modules-know-no-program", "lib/modules/shop/a.ts", "lib/payment-stack.ts"],
  ["modules-know-no-program", "lib/modules/contract.ts", "lib/local/a.ts"],
  ["modules-know-no-other-module", "lib/modules/shop/a.ts", "lib/modules/bank/b.ts"],
  ["modules-know-no-other-module", "lib/modules/shop/a.ts", "lib/lambda/bank/pay/index.ts"],
  ["functions-know-no-deployment", "lib/lambda/shop/orders/index.ts", "lib/core/a.ts"],
  ["shared-function-code-knows-no-module", "lib/lambda/aws/a.ts", "lib/lambda/shop/orders/b.ts"],
  ["functions-know-no-other-module", "lib/lambda/shop/orders/b.ts", "lib/lambda/bank/pay/index.ts"],
  ["stack-knows-no-program", "lib/payment-stack.ts", "lib/program.ts"],
  ["stack-knows-no-program", "lib/config.ts", "lib/local/a.ts"],
  ["program-knows-no-cloud-and-no-rules", "lib/program.ts", "lib/local/a.ts"],
  ["program-knows-no-cloud-and-no-rules", "lib/index.ts", "lib/policy/index.ts"],
  ["nothing-imports-the-index", "bin/a.ts", "lib/index.ts"],
  ["local-cloud-knows-no-command", "lib/local/a.ts", "bin/a.ts"],
  ["commands-know-no-test", "bin/a.ts", "tests/unit/a.test.ts"],
  ["unit-tests-know-no-other-suite", "tests/unit/a.test.ts", "tests/integration/a.test.ts"],
  ["suites-know-no-other-suite", "tests/engine/a.test.ts", "tests/integration/a.test.ts"],
  ["tests-of-a-layer-know-none-above", "tests/unit/core/a.test.ts", "lib/program.ts"],
  ["no-cycles", "lib/core/about.ts", "lib/core/round.ts"],
];

/** Imports that no rule refuses: each layer's use of those below it. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ["lib/core/round.ts", "lib/core/about.ts"], // the way back of the cycle
  ["lib/core/a.ts", "lib/types.ts"],
  ["lib/components/one.ts", "lib/components/one/help.ts"],
  ["lib/components/one/help.ts", "lib/core/a.ts"],
  ["lib/components/two.ts", "lib/components/two/b.ts"],
  ["lib/modules/shop/a.ts", "lib/components/one.ts"],
  ["lib/modules/shop/a.ts", "lib/modules/contract.ts"],
  ["lib/modules/shop/a.ts", "lib/lambda/shop/orders/b.ts"],
  ["lib/modules/index.ts", "lib/modules/shop/a.ts"],
  ["lib/modules/index.ts", "lib/foundation/a.ts"],
  ["lib/modules/index.ts", "lib/modules/bank/b.ts"],
  ["lib/lambda/shop/orders/index.ts", "lib/lambda/shop/orders/b.ts"],
  ["lib/lambda/shop/orders/index.ts", "lib/lambda/aws/a.ts"],
  ["lib/payment-stack.ts", "lib/modules/index.ts"],
  ["lib/program.ts", "lib/payment-stack.ts"],
  ["lib/index.ts", "lib/program.ts"],
  ["lib/policy/index.ts", "lib/graph/b.ts"],
  ["lib/local/a.ts", "lib/program.ts"],
  ["bin/a.ts", "lib/local/a.ts"],
  ["bin/a.ts", "lib/cost/a.ts"],
  ["bin/a.ts", "lib/graph/a.ts"],
  ["bin/a.ts", "lib/catalogue/a.ts"],
  ["bin/a.ts", "lib/core/round.ts"],
  ["tests/integration/a.test.ts", "bin/a.ts"],
];

/** Files that nothing which is started imports. */
const unused = [
  ["nothing-unused", "lib/core/unused.ts"],
  ["no-unused-test-helper", "tests/unit/unused.ts"],
] as const;

describe("the rules of who imports whom", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "imports-"));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("refuse each wrong import, and none else", () => {
    const imports = [...refused.map(([, from, to]) => [from, to] as const), ...allowed];
    const files = new Set([...imports.flat(), ...unused.map(([, file]) => file)]);
    for (const file of files) {
      const own = imports.filter(([from]) => from === file);
      const lines = own.map(([, to]) => `import "./${path.relative(path.dirname(file), to)}";\n`);
      fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), lines.join(""));
    }

    const expected = [
      ...refused.map((one) => one.join(" ")),
      ...unused.map(([rule, file]) => `${rule} ${file} ${file}`),
    ];
    // the wrong imports together make cycles enough
    const found = violations(folder).filter((one) => !/^no-cycles (?!lib.core.about)/.test(one));
    expect(found).toEqual(expected.sort());
  });

  it("are all of them tried here", () => {
    const rules = fs.readFileSync(path.join(root, ".dependency-cruiser.js"), "utf8");
    const names = [...rules.matchAll(/(?:layer\(\s*|name: )"([^"]+)"/g)].map(([, name]) => name);

    expect(new Set([...refused, ...unused].map(([rule]) => rule))).toEqual(new Set(names));
  });
});

/** What the rules of this project find in a folder that looks like it: rule, whose import, of what. */
function violations(cwd: string): string[] {
  const tool = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = path.join(root, ".dependency-cruiser.js");
  const args = ["--config", config, "--output-type", "json", "bin", "lib", "tests"];
  const { stdout } = spawnSync(process.execPath, [tool, ...args], { cwd, encoding: "utf8" });
  return resultSchema
    .parse(JSON.parse(stdout))
    .summary.violations.map(({ rule, from, to }) => `${rule.name} ${from} ${to}`)
    .sort();
}
