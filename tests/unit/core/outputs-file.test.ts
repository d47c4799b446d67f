import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readFlatOutputs, writeOutputs } from "../../../lib/core/outputs-file";

describe("outputs files", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "outputs-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const json = (name: string): unknown =>
    JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
  const write = (text: string) => {
    const file = path.join(folder, "flat-outputs.json");
    fs.writeFileSync(file, text);
    return file;
  };

  it("hold the outputs flat, and by stack", () => {
    const outputs = { apiId: "a1b2c3", privateSubnetIds: ["subnet-1"], dbPort: 5432 };
    const file = writeOutputs(outputs, "dev", path.join(folder, "new"));

    expect(file).toBe(path.join(folder, "new", "flat-outputs.json"));
    expect(readFlatOutputs(file)).toEqual(outputs);
    expect(json("new/all-outputs.json")).toEqual({ dev: outputs });
  });

  it("retain other stacks' outputs beside those of the stack last written", () => {
    writeOutputs({ apiId: "old" }, "dev", folder);
    writeOutputs({ apiId: "staging" }, "staging", folder);
    writeOutputs({ apiId: "new" }, "dev", folder);

    expect(json("all-outputs.json")).toEqual({
      dev: { apiId: "new" },
      staging: { apiId: "staging" },
    });
    expect(json("flat-outputs.json")).toEqual({ apiId: "new" });
    expect(fs.readdirSync(folder).sort()).toEqual(["all-outputs.json", "flat-outputs.json"]);
  });

  it("replace a planted link, and leave its target unchanged", () => {
    const victim = path.join(folder, "victim");
    fs.writeFileSync(victim, "untouched");
    fs.symlinkSync(victim, path.join(folder, "flat-outputs.json"));
    writeOutputs({ apiId: "a" }, "dev", folder);

    expect(fs.readFileSync(victim, "utf8")).toBe("untouched");
    expect(json("flat-outputs.json")).toEqual({ apiId: "a" });
  });

  it("that do not exist are an error that says what writes them", () => {
    const file = path.join(folder, "absent.json");

    expect(() => readFlatOutputs(file)).toThrow(
      /absent\.json cannot be read: Error: ENOENT.*`npm run outputs -- --stack NAME`.*`npm run local`/,
    );
  });

  it("that are not JSON are an error that names the file", () => {
    const file = write('{"apiId": ');

    expect(() => readFlatOutputs(file)).toThrow(/flat-outputs\.json is not JSON: SyntaxError/);
  });

  it.each(["[]", "null", '"text"', "1"])("that hold %s are an error", (text) => {
    const file = write(text);

    expect(() => readFlatOutputs(file)).toThrow(/is not a map of outputs by name/);
  });
});
