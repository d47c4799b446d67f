import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { driftText } from "../../../bin/commands/drift";
import { runHere } from "../../run-command";

/** Clears the screen, renames the window, turns the text around, and looks like a line of the report. */
const hostile = "\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\u2028\r\u007f\nforged";
const shown = "\\u001b[2J";

const s3 = mockClient(S3Client);
const lambda = mockClient(LambdaClient);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "terminal-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const fileOf = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
};
fileOf("local-credentials.json", { accessKeyId: "000000000000", secretAccessKey: "secret" });
const outputs = {
  accountId: "000000000000",
  environment: "dev",
  region: "eu-central-1",
  apiEndpoint: "http://127.0.0.1:4566/api",
  deadLetterBucketName: "letters",
  ledgerLambdaName: "ledger",
  reconcileLambdaName: "reconcile",
};
const state = {
  version: 3,
  deployment: {
    resources: [
      {
        // as far as a state may have it
        urn: `urn:pulumi:prod::shop::aws:s3/bucket:Bucket::${hostile.replaceAll(/[\u2028\r\n]/g, "")}`,
        custom: true,
        id: "x",
        type: "aws:s3/bucket:Bucket",
        inputs: { acl: hostile },
      },
    ],
  },
};
const bodyOf = (body: unknown) => ({
  transformToString: () => Promise.resolve(JSON.stringify(body)),
});

beforeEach(() => {
  s3.reset();
  lambda.reset();
  s3.on(ListObjectsV2Command, { Prefix: "dead-letters/" }).resolves({
    Contents: [{ Key: hostile }],
  });
  s3.on(ListObjectsV2Command, { Prefix: "aws/lambda/" }).resolves({});
  const record = {
    eventName: hostile,
    dynamodb: { Keys: { transactionId: { S: hostile } } },
  };
  s3.on(GetObjectCommand).callsFake(() => ({ Body: bodyOf({ reason: hostile, record }) }));
  lambda.on(InvokeCommand).callsFake(() => ({
    Payload: {
      transformToString: () =>
        JSON.stringify({
          checked: 1,
          pending: 0,
          differenceCount: 1,
          differences: [{ paymentId: hostile, kind: hostile }],
          complete: true,
        }),
    },
  }));
});

function expectHarmless(text: string): void {
  expect(text).toContain(shown);
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/^\s*forged/m);
}

describe("what a command shows of AWS, files and requests", () => {
  it.each([
    ["redrive", ["--dry-run"]],
    ["reconcile", []],
  ])("reaches no terminal as an escape sequence: %s", async (name, args) => {
    const { stdout } = await runHere(name, [...args, "--outputs", fileOf("outputs.json", outputs)]);

    expectHarmless(stdout);
  });

  it("does not either in an audited state or in outputs", async () => {
    const audited = await runHere("audit", ["--state", fileOf("state.json", state), "--verbose"]);
    const file = fileOf("shown.json", { ...outputs, [hostile]: [hostile, { [hostile]: hostile }] });

    expectHarmless(audited.stdout);
    expectHarmless((await runHere("outputs", ["--outputs", file])).stdout);
  });

  it("does not either in what drift finds", () => {
    const drift = { name: hostile, type: `aws:${hostile}:x`, urn: "", properties: [hostile] };

    expectHarmless(driftText("dev", [{ ...drift, kind: "changed" }]));
  });

  it("is the same in JSON, of which the terminal gets no control either", async () => {
    const file = fileOf("outputs.json", outputs);
    const { stdout } = await runHere("redrive", ["--dry-run", "--json", "--outputs", file]);

    expectHarmless(stdout);
    expect(JSON.parse(stdout)).toMatchObject({ records: [{ reason: hostile, letter: hostile }] });
  });
});

describe("what a command prints of a failure", () => {
  it("is harmless when AWS chose the words", async () => {
    const file = fileOf("outputs.json", outputs);
    s3.on(ListObjectsV2Command).rejects(
      Object.assign(new Error(hostile), { name: "NoSuchBucket", $metadata: {} }),
    );
    const refused = await runHere("redrive", ["--outputs", file]);
    s3.on(ListObjectsV2Command).rejects(new Error(hostile));
    const broken = await runHere("redrive", ["--outputs", file]);

    expect([refused.code, broken.code]).toEqual([2, 2]);
    for (const { stderr } of [refused, broken])
      expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  });

  it.each([
    ["a file's name", "outputs", ["--outputs", `${hostile}.json`]],
    ["an option", "outputs", [`--${hostile}`]],
  ])("is harmless when it names %s", async (_, name, args) => {
    const { code, stderr } = await runHere(name, args);

    expect(code).toBe(2);
    expect(stderr).toContain(shown);
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  });
});
