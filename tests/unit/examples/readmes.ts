import * as fs from "node:fs";
import * as path from "node:path";

const folder = path.resolve(__dirname, "../../../examples");
const examples = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...file: string[]) => fs.readFileSync(path.join(folder, ...file), "utf8");

describe("the examples", () => {
  it("are listed, each once", () => {
    const listed = [...read("README.md").matchAll(/^\| \[([\w-]+)\]\(\1\) /gm)];

    expect(listed.map(([, name]) => name).sort()).toEqual(examples.sort());
  });

  it.each(examples)("have READMEs with the same structure: %s", (name) => {
    const parts = [...read(name, "README.md").matchAll(/^\*\*([\w ]+?)\.?\*\*/gm)];

    expect(parts.map(([, part]) => part)).toEqual([
      "Shows",
      "Use it",
      "Deploy",
      "Registers",
      "Clean up",
    ]);
  });
});
