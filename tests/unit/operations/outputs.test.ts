import { outputSections } from "../../../bin/operations/output-sections";
import { outputTable } from "../../../bin/operations/output-table";

const section = (title: string, ...names: string[]) => ({
  title,
  outputs: names.map((name) => ({
    section: title,
    name,
    type: "string" as const,
    always: true,
    meaning: "",
  })),
});
const network = section("Network", "vpcId", "subnetIds");
const arn = `arn:aws:lambda:eu-central-1:123456789012:function:${"a".repeat(60)}-payments-prod`;

/** The cells of a table. */
const rows = (text: string) =>
  text
    .split("\n")
    .map((line) => line.split("│").map((cell) => cell.trim()))
    .filter((cells) => cells.length > 1)
    .map((cells) => cells.slice(1, -1));

describe("the sections of a stack's outputs", () => {
  it("are those that the foundation and the modules declare, and every output is in one", () => {
    const sections = outputSections();
    const names = sections.flatMap(({ outputs }) => outputs.map(({ name }) => name));

    expect(sections.map(({ title }) => title)).toEqual([
      "Stack",
      "Network",
      "Keys",
      "Monitoring",
      "Database",
      "Table and buckets",
      "Functions",
      "API",
      "Storefront: network",
      "Storefront: tables and bucket",
      "Storefront: functions",
      "Storefront: API",
      "Storefront: sign-in",
      "Storefront: stack",
    ]);
    expect(sections.filter(({ outputs }) => outputs.length === 0)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("have an output's type, meaning, and whether every stack has it", () => {
    const outputs = outputSections().flatMap((each) => each.outputs);

    expect(outputs.find(({ name }) => name === "natPublicIps")).toMatchObject({
      type: "string[]",
      always: true,
      meaning: expect.stringContaining("NAT gateway") as unknown,
    });
    expect(outputs.find(({ name }) => name === "webAclArn")).toMatchObject({
      type: "string",
      always: false,
    });
  });
});

describe("the table of a stack's outputs", () => {
  it("has them by section, in its order, without what the stack has not", () => {
    const database = section("Database", "dbName");
    const text = outputTable({ subnetIds: ["a"], vpcId: "vpc-1" }, [database, network], 100);

    expect(rows(text)).toEqual([
      ["vpcId", "vpc-1"],
      ["subnetIds", "a"],
    ]);
    expect(text).toContain("Network");
    expect(text).not.toContain("Database");
  });

  it("shows what no section knows, too", () => {
    const text = outputTable({ vpcId: "vpc-1", fromAnotherVersion: 3 }, [network], 100);

    expect(text.indexOf("Others")).toBeGreaterThan(text.indexOf("Network"));
    expect(rows(text)).toContainEqual(["fromAnotherVersion", "3"]);
  });

  it("gives each part of a list and of a map a line, and marks an empty list", () => {
    const outputs = { vpcId: { cpu: "one", disk: "two" }, subnetIds: [] };

    expect(rows(outputTable(outputs, [network], 100))).toEqual([
      ["vpcId", "cpu: one"],
      ["", "disk: two"],
      ["subnetIds", "–"],
    ]);
  });

  it.each([80, 100])("fits %i columns: what is too long loses its middle", (width) => {
    const text = outputTable({ vpcId: arn, subnetIds: [arn] }, [network], width);

    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    expect(rows(text)[0]?.[1]).toMatch(/^arn:aws:lambda:.*….*-payments-prod$/);
  });

  it("keeps whole what fits a wide terminal", () => {
    expect(rows(outputTable({ vpcId: arn }, [network], 200))).toEqual([["vpcId", arn]]);
  });

  it("shows a masked secret as it came", () => {
    expect(outputTable({ vpcId: "[secret]" }, [network], 100)).toContain("[secret]");
  });
});
