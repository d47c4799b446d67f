import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import * as z from "zod";
import { modules } from "../../../lib/modules";
import { hoursPerMonth, priceOf } from "../../../lib/cost/prices";

/** Every component class of the package with its documentation, lines joined. */
const components = [
  ...fs
    .readdirSync("lib/components")
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join("lib/components", file)),
  "lib/payment-stack.ts",
  "lib/modules/payments/functions.ts",
].flatMap((file) => {
  const text = fs.readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText(source);
    if (base !== "pulumi.ComponentResource") return [];
    const comment = ts.getJSDocCommentsAndTags(declaration)[0]?.getText(source) ?? "";
    const prose = comment.replace(/\s*\*\/$/, "").replaceAll(/\n \* ?/g, "\n");
    const cost = (/### Cost\n\n([^]*?)(?:\n#|$)/.exec(prose)?.[1] ?? "").replaceAll("\n", " ");
    return [{ name: declaration.name?.text ?? file, cost }];
  });
});

/** What the price file says of a key in the region that the documentation is about. */
function usdOf(key: string): number | undefined {
  return priceOf(key, "us-east-1")?.usd;
}

describe("the Cost section of a component's documentation", () => {
  it("is looked for in every component", () => {
    expect(components.length).toBeGreaterThanOrEqual(18);
  });

  it.each(components)("of $name says what is paid for", ({ cost }) => {
    expect(cost.trim()).not.toBe("");
  });

  it.each(components)("of $name has no amount but those of the price file", ({ cost }) => {
    const amounts = [
      ...cost.matchAll(/`([\w.]+)`\s+([\d.]+)\s+USD(?:\s+\(([\d.]+)\s+USD\s+a\s+month\))?/g),
    ];
    for (const [, key = "", usd, month] of amounts) {
      expect([key, Number(usd)]).toEqual([key, usdOf(key)]);
      if (month !== undefined)
        expect([key, month]).toEqual([key, ((usdOf(key) ?? 0) * hoursPerMonth).toFixed(2)]);
    }
    const months = amounts.filter(([, , , month]) => month !== undefined).length;
    expect(cost.match(/USD/g)?.length ?? 0).toBe(amounts.length + months);
  });
});

describe("the hints in the configuration", () => {
  const numbersIn = (setting: string) => {
    const { network } = z.toJSONSchema(modules.schema).properties ?? {};
    const described = typeof network === "object" ? network.properties?.[setting] : undefined;
    return typeof described === "object" ? described.description?.match(/\d+/g) : undefined;
  };
  const aMonth = (...keys: string[]) =>
    String(Math.round(keys.reduce((sum, key) => sum + (usdOf(key) ?? 0) * hoursPerMonth, 0)));

  it("state the cost of a NAT gateway and its address", () => {
    expect(numbersIn("natGateways")).toEqual([
      aMonth("natGateway.hour"),
      aMonth("natGateway.hour", "publicAddress.hour"),
    ]);
  });

  it("state the cost of an interface endpoint in a zone", () => {
    expect(numbersIn("interfaceEndpointZones")).toEqual([aMonth("interfaceEndpoint.hour")]);
  });
});
