import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runHere } from "../run-command";

jest.setTimeout(120_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "deployment-policy-"));

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe("npm run deployment-policy", () => {
  it("prints a stack's policies, in its region, with what the reader has to replace", async () => {
    const { code, stdout } = await runHere("deployment-policy", ["--stack", "dev"]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ Version: "2012-10-17" }, {}]);
    expect(stdout).toContain('"arn:aws:dynamodb:us-east-1:ACCOUNT:table/payments-dev-*"');
    expect(stdout).not.toContain(".pulumi");
  });

  it("writes each policy to a file, with the modules, the place and the state that it is given", async () => {
    const { code, stdout } = await runHere("deployment-policy", [
      ...["--stack", "dev", "--with", "storefront", "--out", folder],
      ...["--account", "111122223333", "--region", "eu-west-1"],
      ...["--state-bucket", "example-states", "--secrets-key", "example-key"],
    ]);
    const files = stdout.trim().split("\n");
    const texts = files.map((file) => fs.readFileSync(file, "utf8"));

    expect(code).toBe(0);
    expect(files).toEqual(
      [1, 2, 3].map((number) => path.join(folder, `dev-deployment-${String(number)}.json`)),
    );
    for (const text of texts) expect(JSON.parse(text)).toHaveProperty("Statement");
    expect(texts.join("")).toContain("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*");
    expect(texts.join("")).toContain("arn:aws:s3:::example-states/.pulumi/stacks/payments/dev.*");
    expect(texts.join("")).toContain("arn:aws:kms:eu-west-1:111122223333:key/example-key");
  });

  it.each([
    ["an account that is none", ["--account", "1234"], "allowed: 12 digits"],
    ["a stack that there is not", ["--stack", "qa"], "qa"],
    [
      "a folder that there is not",
      ["--stack", "dev", "--out", path.join(folder, "none")],
      "cannot be written",
    ],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await runHere("deployment-policy", args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
