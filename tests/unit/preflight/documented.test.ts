import * as fs from "node:fs";
import { checks } from "../../../bin/preflight";

describe("docs/operations.md", () => {
  const section = fs
    .readFileSync("docs/operations.md", "utf8")
    .split(/^## /m)
    .find((part) => part.startsWith("Before the first deployment"));

  it("has the permissions that preflight needs, and no others", () => {
    const needed = checks.flatMap(({ permissions }) => permissions);
    const [, listed = ""] = /```text\n([^`]*)```/.exec(section ?? "") ?? [];

    expect(listed.trim().split("\n")).toEqual(
      [...new Set([...needed, "sts:GetCallerIdentity"])].sort(),
    );
  });

  it("has what each check asks", () => {
    const rows = section?.match(/^\| .*? \|/gm)?.join() ?? "";

    for (const { name } of checks) expect(rows).toContain(name);
  });
});
