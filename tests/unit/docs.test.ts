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
    // no suppression can be of the rule about suppressions
    const all = [...ruleIds, "Suppressions.1"];
    expect(rows.sort()).toEqual(all.map((id) => `| \`${id}\` |`).sort());
  });
});
