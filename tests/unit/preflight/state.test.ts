import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { deployedState } from "../../../bin/preflight/state";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-preflight-"));
const { PATH: before = "" } = process.env;
afterEach(() => {
  process.env["PATH"] = before;
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const state = JSON.stringify({
  version: 3,
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:dev::payments::aws:ec2/vpc:Vpc::vpc",
        type: "aws:ec2/vpc:Vpc",
        custom: true,
        inputs: {},
      },
    ],
  },
});

/** The state of a stack where the Pulumi CLI is a script, or there is none. */
function withCli(script?: string) {
  const bin = fs.mkdtempSync(path.join(folder, "path-"));
  if (script !== undefined)
    fs.writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env["PATH"] = bin;
  return deployedState("dev");
}

const types = (found: Awaited<ReturnType<typeof deployedState>>) =>
  "graph" in found ? found.graph.resources.map(({ type }) => type) : found.unknown;

describe("what is deployed of a stack", () => {
  it("is what the Pulumi CLI exports of it", async () => {
    const asked = path.join(folder, "asked");
    const found = await withCli(`echo "$@" > '${asked}'\necho '${state}'`);

    expect(types(found)).toEqual(["aws:ec2/vpc:Vpc"]);
    expect(fs.readFileSync(asked, "utf8")).toBe("stack export --non-interactive --stack dev\n");
  });

  it("is what a file has", async () => {
    const file = path.join(folder, "state.json");
    fs.writeFileSync(file, state);

    expect(types(await deployedState("dev", file))).toEqual(["aws:ec2/vpc:Vpc"]);
    await expect(deployedState("dev", path.join(folder, "none.json"))).rejects.toThrow(
      "none.json cannot be read",
    );
  });

  it("is nothing, of a stack that the backend does not have", async () => {
    expect(
      types(await withCli("echo \"error: no stack named 'dev' found\" >&2; exit 255")),
    ).toEqual([]);
  });

  it.each([
    ["there is no CLI", undefined, "there is no Pulumi CLI"],
    [
      "it refuses",
      "echo 'warning: old' >&2; echo 'error: PULUMI_ACCESS_TOKEN must be set' >&2; exit 255",
      "error: PULUMI_ACCESS_TOKEN must be set",
    ],
    ["its answer is no state", "echo '{}'", "the state of dev is not the export of a stack"],
  ])("is not known, where %s", async (_, script, why) => {
    const found = await withCli(script);

    expect("unknown" in found && found.unknown).toContain(why);
  });
});
