import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readCredentials, writeCredentials } from "../../../lib/local/credentials";

it("the local cloud's credentials replace a planted link, for their owner alone", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "credentials-"));
  try {
    const [outputs, victim] = [path.join(folder, "flat-outputs.json"), path.join(folder, "victim")];
    const file = path.join(folder, "local-credentials.json");
    fs.writeFileSync(victim, "untouched");
    fs.symlinkSync(victim, file);
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    void writeCredentials(credentials, outputs);

    expect(fs.readFileSync(victim, "utf8")).toBe("untouched");
    expect(readCredentials(outputs)).toEqual(credentials);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
