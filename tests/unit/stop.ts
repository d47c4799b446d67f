import * as fs from "node:fs";

export default function stop(): void {
  fs.rmSync(process.env["RECORDED_GRAPHS"] ?? "", { recursive: true, force: true });
}
