import * as fs from "node:fs";
import * as path from "node:path";
import { runbookFile } from "../../lib/monitoring/runbook";
import { headingsOf, linksOf } from "./markdown";

describe("the runbook", () => {
  it.each(linksOf(fs.readFileSync(runbookFile, "utf8")))(
    "has a link to what is there: %s",
    (link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? runbookFile : path.join(path.dirname(runbookFile), file);

      expect(fs.existsSync(target)).toBe(true);
      if (anchor !== undefined) {
        expect(
          headingsOf(fs.readFileSync(target, "utf8")).map((heading) => heading.anchor),
        ).toContain(anchor);
      }
    },
  );
});

describe("the anchors of headings", () => {
  it("are as GitHub makes them", () => {
    const markdown = "# API: 5XX & `errors`\n```sh\n# a comment\n```\n## api-5xx\n## api-5xx\n";

    expect(headingsOf(markdown)).toEqual([
      { level: 1, text: "API: 5XX & `errors`", anchor: "api-5xx--errors" },
      { level: 2, text: "api-5xx", anchor: "api-5xx" },
      { level: 2, text: "api-5xx", anchor: "api-5xx-1" },
    ]);
  });
});
