import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as lambda from "@pulumi/aws/lambda";
import * as rds from "@pulumi/aws/rds";
import { graphFile, readGraphFile, stackGraph } from "../../../lib/comparison/graph-file";
import { record } from "../../../lib/graph/record";
import { graph, resource } from "./stack-graphs";

const origin = {
  project: "payments",
  stack: "dev",
  environment: "dev",
  environmentSuffix: "dev",
} as const;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-graphs-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const fileWith = (text: string): string => {
  const file = path.join(folder, "graph.json");
  fs.writeFileSync(file, text);
  return file;
};

describe("a saved graph", () => {
  const program = (text: string) => () => {
    const code = new pulumi.asset.AssetArchive({
      "index.mjs": new pulumi.asset.StringAsset(text),
    });
    new rds.Instance("database", {
      instanceClass: "db.t4g.micro",
      passwordWo: "hunter2-hunter2",
      tags: { open: "yes", token: pulumi.secret("abc123") },
    });
    new lambda.Function("function", { role: "arn", code, layers: ["a", "b"] });
  };
  const saved = async (text: string) => {
    const { resources } = await stackGraph(await record(program(text)), origin);
    return new Map(resources.map((one) => [one.name, one]));
  };

  it("has no secret of the program, wherever it is", async () => {
    const recorded = await record(program("x"));
    const text = graphFile(await stackGraph(recorded, origin));

    expect(JSON.stringify(recorded.resources)).toContain("hunter2");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("abc123");
  });

  it("says where the secrets are", async () => {
    const database = (await saved("x")).get("database");

    expect(database?.secrets).toEqual(["passwordWo", "tags.token"]);
    expect(database?.inputs).toMatchObject({
      instanceClass: "db.t4g.micro",
      passwordWo: "[secret]",
      tags: { open: "yes", token: "[secret]" },
    });
  });

  it("has code by its digest, which changes with it", async () => {
    const codeOf = async (text: string) => (await saved(text)).get("function")?.inputs["code"];

    expect(await codeOf("x")).toEqual({
      assets: { "index.mjs": "sha256 2d711642b726b044, 1 bytes" },
    });
    expect(await codeOf("y")).not.toEqual(await codeOf("x"));
  });

  it("keeps lists", async () => {
    expect((await saved("x")).get("function")?.inputs["layers"]).toEqual(["a", "b"]);
  });
});

describe("the file of a graph", () => {
  const saved = graph([resource({ inputs: { bucket: "x" }, secrets: ["token"] })]);

  it("is read as it was written", () => {
    expect(readGraphFile(fileWith(graphFile(saved)))).toEqual(saved);
  });

  it.each([
    ["is cut off", graphFile(saved).slice(0, 40), "is not JSON, or is cut off"],
    ["is of something else", `{"version":3,"deployment":{}}`, "is not the graph of a stack"],
    ["is no object", "[]", "is not the graph of a stack"],
    [
      "is of another version",
      graphFile(saved).replace(`"version": 1`, `"version": 9`),
      "is of version 9 of the format; allowed: 1",
    ],
    ["is damaged", graphFile(saved).replace(`"inputs"`, `"output"`), "resources[0].inputs"],
  ])("is refused if it %s, with what to do", (_, text, message) => {
    const file = fileWith(text);

    expect(() => readGraphFile(file)).toThrow(message);
    expect(() => readGraphFile(file)).toThrow(`npm run diff -- STACK --save ${file}`);
  });

  it("is refused by name if it is not there", () => {
    expect(() => readGraphFile("not/there.json")).toThrow("not/there.json cannot be read");
  });
});
