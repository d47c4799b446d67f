import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { writeFileAtomically } from "../../../lib/core/write-file-atomically";

describe("a file that is written whole", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const modeOf = (name: string) => fs.statSync(file(name)).mode & 0o777;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "whole-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("takes the old one's place, and leaves no draft", () => {
    fs.writeFileSync(file("a"), "old");
    writeFileAtomically(file("a"), "new");

    expect(fs.readFileSync(file("a"), "utf8")).toBe("new");
    expect(fs.readdirSync(folder)).toEqual(["a"]);
  });

  it("replaces a planted link, and leaves its target unchanged", () => {
    fs.writeFileSync(file("victim"), "untouched");
    fs.symlinkSync(file("victim"), file("a"));
    writeFileAtomically(file("a"), "new");

    expect(fs.readFileSync(file("victim"), "utf8")).toBe("untouched");
    expect(fs.readFileSync(file("a"), "utf8")).toBe("new");
  });

  it("has no draft whose name a planted link could guess", () => {
    const planted = file(`a.${String(process.pid)}`);
    fs.writeFileSync(file("victim"), "untouched");
    fs.symlinkSync(file("victim"), planted);
    writeFileAtomically(file("a"), "new");

    expect(fs.readFileSync(file("victim"), "utf8")).toBe("untouched");
    expect(fs.lstatSync(planted).isSymbolicLink()).toBe(true);
  });

  it("is for its owner alone with private permissions", () => {
    const umask = process.umask(0o022);
    try {
      writeFileAtomically(file("secret"), "", 0o600);
      writeFileAtomically(file("open"), "");
    } finally {
      process.umask(umask);
    }

    expect([modeOf("secret"), modeOf("open")]).toEqual([0o600, 0o644]);
  });
});
