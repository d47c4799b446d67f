import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  StackFileError,
  environmentOfStack,
  readStackFile,
  stackNames,
} from "../../../lib/core/stack-file";

let root: string;
const write = (file: string, text: string) => {
  fs.writeFileSync(path.join(root, file), text);
};
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "project-"));
  write("Pulumi.yaml", "name: shop\n");
});
afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

describe("a stack's file", () => {
  it("gives the configuration as Pulumi has it: full keys, maps and lists in JSON", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  aws:region: us-east-1\n  environment: dev\n  size: 3\n  nothing: null\n  database: { class: small, zones: [a] }\n",
    );
    expect(readStackFile(root, "dev")).toEqual({
      project: "shop",
      config: {
        "aws:region": "us-east-1",
        "shop:environment": "dev",
        "shop:size": "3",
        "shop:database": '{"class":"small","zones":["a"]}',
      },
      skippedKeys: [],
    });
  });

  it("is read without its secrets, which it names", () => {
    write(
      "Pulumi.dev.yaml",
      "config:\n  shop:password: { secure: AAA }\n  shop:map: { open: 1, hidden: { secure: BBB } }\n",
    );
    expect(readStackFile(root, "dev")).toMatchObject({
      config: { "shop:map": '{"open":1}' },
      skippedKeys: ["shop:password", "shop:map.hidden"],
    });
  });

  it("may be empty", () => {
    write("Pulumi.dev.yaml", "");
    expect(readStackFile(root, "dev").config).toEqual({});
    write("Pulumi.dev.yaml", "config:\n");
    expect(readStackFile(root, "dev").config).toEqual({});
  });

  it("that is not there is named, with those that are", () => {
    write("Pulumi.dev.yaml", "");
    write("Pulumi.prod.yaml", "");
    expect(stackNames(root).sort()).toEqual(["dev", "prod"]);
    expect(() => readStackFile(root, "test")).toThrow(
      /there is no stack test: no .*Pulumi\.test\.yaml\. Stacks: dev, prod/,
    );
  });

  it.each([
    ["no YAML", "config: [", /Pulumi\.dev\.yaml cannot be used/],
    ["another shape", "config: 3", /Pulumi\.dev\.yaml cannot be used: .*record/s],
  ])("with %s is refused", (_what, text, message) => {
    write("Pulumi.dev.yaml", text);
    expect(() => readStackFile(root, "dev")).toThrow(StackFileError);
    expect(() => readStackFile(root, "dev")).toThrow(message);
  });
});

describe("the environment of a stack", () => {
  it.each([
    ["what its file says", "config:\n  shop:environment: staging\n", "staging"],
    ["prod, where its file does not say", "config: {}\n", "prod"],
    ["prod, where its file says what there is not", "config:\n  environment: test\n", "prod"],
  ])("is %s", (_what, text, environment) => {
    write("Pulumi.dev.yaml", text);
    expect(environmentOfStack(root, "dev")).toBe(environment);
  });

  it("is prod, where it has no file", () => {
    expect(environmentOfStack(root, "other")).toBe("prod");
  });
});
