import * as fs from "node:fs";
import * as z from "zod";
import { iamUses } from "./iam-uses";
import type { IamUse } from "./iam-uses";
import type { FunctionCall } from "./function-gateway";

const useSchema = z.object({ function: z.string(), action: z.string(), resource: z.string() });

/**
 * Writes the permissions that the calls of functions need to a file, each once, a line of JSON at a time.
 *
 * @returns what is to be called with each call.
 */
export function recordIamUses(file: string, accountId: string): (call: FunctionCall) => void {
  const known = new Set<string>();
  fs.writeFileSync(file, "");
  return (call) => {
    for (const use of iamUses(call, accountId)) {
      const line = `${JSON.stringify(use)}\n`;
      if (known.has(line)) continue;
      known.add(line);
      fs.appendFileSync(file, line);
    }
  };
}

/** What has been recorded so far. */
export function recordedIamUses(file: string): IamUse[] {
  const lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => useSchema.parse(JSON.parse(line)));
}
