import * as fs from "node:fs";
import { references } from "../../bin/docs/references";
import { ruleIds } from "../../lib/policy";

describe("the generated references", () => {
  it("are what the code says today (npm run docs)", () => {
    for (const [file, text] of Object.entries(references())) {
      expect(fs.readFileSync(file, "utf8")).toBe(text);
    }
  });

  it("list every rule once", () => {
    const rows = references()["docs/rules.md"]?.match(/^\| `[^`]+` \|/gm) ?? [];
    expect(rows.sort()).toEqual(ruleIds.map((id) => `| \`${id}\` |`).sort());
  });
});
