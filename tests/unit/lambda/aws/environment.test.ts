import { integer, required } from "../../../../lib/lambda/aws/environment";

describe("a function's environment variable", () => {
  afterEach(() => {
    delete process.env["EXAMPLE"];
  });

  it("is read on each call", () => {
    process.env["EXAMPLE"] = "value";

    expect(required("EXAMPLE")).toBe("value");
  });

  it.each([undefined, ""])("is named when it is missing: %p", (value) => {
    if (value !== undefined) process.env["EXAMPLE"] = value;

    expect(() => required("EXAMPLE")).toThrow("The environment variable EXAMPLE is not set");
  });

  it.each([
    ["5", 5],
    ["10", 10],
    ["007", 7],
  ])("is a whole number within bounds: %s", (value, expected) => {
    process.env["EXAMPLE"] = value;

    expect(integer("EXAMPLE", 5, 10)).toBe(expected);
  });

  it.each(["4", "11", "5.5", "6e0", "-6", "six", " 6"])("is no such number: %j", (value) => {
    process.env["EXAMPLE"] = value;

    expect(() => integer("EXAMPLE", 5, 10)).toThrow(
      `The environment variable EXAMPLE must be an integer from 5 to 10, not ${value}`,
    );
  });
});
