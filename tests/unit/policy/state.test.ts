import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { unknownValue } from "../../../lib/policy/policy-graph";
import { StateError, readState, stateGraph } from "../../../lib/policy/sources/state";

const urn = (name: string) => `urn:pulumi:prod::shop::aws:s3/bucket:Bucket::${name}`;
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:abc",
};
const bucket = {
  urn: urn("data"),
  custom: true,
  id: "data-1",
  type: "aws:s3/bucket:Bucket",
  inputs: {
    __defaults: ["forceDestroy"],
    bucket: "data-1",
    password: secret,
    tags: { later: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", list: [secret, "x", 1, null] },
  },
  outputs: { arn: "arn:aws:s3:::data-1", bucket: "data-1" },
  protect: true,
  propertyDependencies: { bucket: [urn("name")], tags: null },
};
const exported = (resources: unknown, version = 3) => ({ version, deployment: { resources } });

describe("an exported state", () => {
  it("gives every resource with its arguments, whence they come, id and ARN", () => {
    expect(stateGraph(exported([bucket]), "state.json").resources).toEqual([
      {
        type: "aws:s3/bucket:Bucket",
        name: "data",
        urn: urn("data"),
        id: "data-1",
        arn: "arn:aws:s3:::data-1",
        properties: {
          bucket: "data-1",
          password: unknownValue,
          tags: { later: unknownValue, list: [unknownValue, "x", 1, null] },
        },
        sources: { bucket: [urn("name")], tags: [] },
        protect: true,
        isComponent: false,
      },
    ]);
  });

  it("is evaluated without what others manage and what is pending deletion", () => {
    const resources = [
      { ...bucket, external: true },
      { ...bucket, urn: urn("old"), delete: true },
      { urn: "urn:pulumi:prod::shop::my:index:Component::c", type: "my:index:Component" },
    ];
    expect(stateGraph(exported(resources), "s").resources.map(({ name }) => name)).toEqual(["c"]);
  });

  it("may hold nothing: a stack that was destroyed", () => {
    expect(stateGraph(exported(null), "s").resources).toEqual([]);
    expect(stateGraph({ version: 3, deployment: {} }, "s").resources).toEqual([]);
  });

  it.each([
    [
      "is no export",
      { terraform_version: "1.9" },
      /s is not the export of a stack.*pulumi stack export/,
    ],
    [
      "is of a version that is gone",
      exported([], 2),
      /version 2.*allowed: 3, 4.*current Pulumi CLI/,
    ],
    ["is of a version to come", exported([], 9), /version 9/],
    ["has a resource without a URN", exported([{ type: "x" }]), /s is damaged/],
    ["has a URN that is none", exported([{ ...bucket, urn: "data" }]), /a URN/],
    ["has a URN of a name of nothing", exported([{ ...bucket, urn: urn("") }]), /a URN/],
    ["has a URN of no project", exported([{ ...bucket, urn: "urn:pulumi:a::::b::c" }]), /a URN/],
    ["has a URN of no name", exported([{ ...bucket, urn: "urn:pulumi:a::b::c" }]), /a URN/],
    ["has no deployment", { version: 3 }, /s is not the export of a stack/],
  ])("that %s is refused, not passed", (_what, content, message) => {
    expect(() => stateGraph(content, "s")).toThrow(StateError);
    expect(() => stateGraph(content, "s")).toThrow(message);
  });
});

describe("a state file", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "state-"));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const file = (text: string) => {
    const name = path.join(folder, "state.json");
    fs.writeFileSync(name, text);
    return name;
  };

  it("is read", () => {
    const graph = readState(file(JSON.stringify(exported([bucket], 4))));
    expect(graph.stack).toBe("prod");
    expect(graph.resources).toHaveLength(1);
  });

  it("that is cut off is named, with what to do", () => {
    const text = JSON.stringify(exported([bucket]));
    const cut = file(text.slice(0, text.length / 2));
    expect(() => readState(cut)).toThrow(/state\.json is not JSON, or is cut off: .*stack export/);
  });

  it("that is not there is named", () => {
    expect(() => readState(path.join(folder, "none.json"))).toThrow(/none\.json cannot be read/);
  });
});
