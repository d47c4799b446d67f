import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runHere } from "../run-command";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dashboard-"));
const file = (name: string, content?: unknown) => {
  const whole = path.join(folder, name);
  if (content !== undefined) fs.writeFileSync(whole, JSON.stringify(content));
  return whole;
};
const text = (x: number) => ({
  type: "text",
  x,
  y: 0,
  width: 12,
  height: 2,
  properties: { markdown: "# Hello" },
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe("npm run dashboard", () => {
  it("draws a stack's dashboard, and prints its body as JSON", async () => {
    const out = file("prod.png");
    const { code, stdout } = await runHere("dashboard", ["prod", "--out", out, "--json"]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("widgets");
    expect(fs.readFileSync(out).subarray(1, 4).toString()).toBe("PNG");
  });

  it("draws any body, in the given theme", async () => {
    const body = file("mine.json", { widgets: [text(0), text(12)] });
    const out = file("mine.svg");
    const { code, stdout } = await runHere("dashboard", [
      "--body",
      body,
      "--theme",
      "dark",
      "--out",
      out,
    ]);

    expect({ code, stdout }).toEqual({ code: 0, stdout: `${out}: 2 widgets, 0 lines\n` });
    expect(fs.readFileSync(out, "utf8")).toContain("#0d1117");
  });

  it.each([
    ["overlaps", { widgets: [text(0), text(6)] }, "widget 2: is over widget 1"],
    [
      "leaves the columns",
      { widgets: [text(13)] },
      "widget 1: x 13 and width 12 leave the 24 columns",
    ],
    ["is none", { widgets: [{}] }, "widget 1: type: "],
  ])("ends with 2 and draws nothing when a widget %s", async (name, content, message) => {
    const out = file(`${name}.svg`);
    const { code, stderr } = await runHere("dashboard", [
      "--body",
      file("bad.json", content),
      "--out",
      out,
    ]);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(fs.existsSync(out)).toBe(false);
  });

  it("ends with 2 for a picture of a kind that it does not draw", async () => {
    const { code, stderr } = await runHere("dashboard", ["--out", file("prod.gif")]);

    expect(code).toBe(2);
    expect(stderr).toContain("a picture's name ends with .svg or .png");
  });
});
