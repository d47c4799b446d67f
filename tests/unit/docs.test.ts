import * as fs from "node:fs";
import { references } from "../../bin/docs";

describe("the generated references", () => {
  it("are what the code says today (npm run docs)", () => {
    for (const [file, text] of Object.entries(references())) {
      expect(fs.readFileSync(file, "utf8")).toBe(text);
    }
  });
});
