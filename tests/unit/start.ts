import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Makes the folder in which the test files of a run share what takes long to record. */
export default function start(): void {
  process.env["RECORDED_GRAPHS"] = fs.mkdtempSync(path.join(os.tmpdir(), "payments-recorded-"));
}
