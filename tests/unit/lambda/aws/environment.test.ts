import { required } from "../../../../lib/lambda/aws/environment";

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
});
