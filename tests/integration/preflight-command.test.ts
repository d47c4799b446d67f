import * as z from "zod";
import { runCommand } from "../run-command";
import { isLocal } from "./deployed";

jest.setTimeout(240_000);

const reportSchema = z.object({
  account: z.string(),
  region: z.string(),
  problems: z.number(),
  checks: z.array(
    z.object({
      check: z.string(),
      findings: z.array(
        z.object({
          level: z.enum(["ok", "warning", "problem"]),
          what: z.string(),
          where: z.string(),
          whatToDo: z.string().optional(),
        }),
      ),
    }),
  ),
});

(isLocal ? describe : describe.skip)("npm run preflight, on a cloud that lacks services", () => {
  it("x", async () => {
    const { code, stdout, stderr } = await runCommand("preflight", ["--stack", "dev", "--with", "all", "--json"]);
    console.log(code, stderr, stdout.slice(0, 20000));
  });
});
