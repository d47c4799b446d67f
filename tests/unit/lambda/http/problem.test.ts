import { Problem, commonProblem, invalidRequest } from "../../../../lib/lambda/http/problem";

const style = { typePrefix: "urn:notes:problem:" };

describe("a problem", () => {
  it("is a document in its service's namespace, with the members that its kind has beside the common ones", () => {
    const torn = { status: 410, title: "The note is torn" };
    const problem = new Problem("torn", torn, { detail: "No", extensions: { by: "ann" } });

    expect(problem.status).toBe(410);
    expect(problem.document(style, "request-1")).toEqual({
      type: "urn:notes:problem:torn",
      ...torn,
      detail: "No",
      requestId: "request-1",
      by: "ann",
    });
  });

  it("of a common kind has the status and title that every service gives it", () => {
    expect(commonProblem("unavailable", { detail: "Later" }).document(style, "r")).toMatchObject({
      status: 503,
      title: "Something that the service needs is not there",
    });
  });

  it("sends back a field's name, however long, no further than a reader follows", () => {
    const { errors, detail } = invalidRequest([
      { field: "x".repeat(5000), message: "is not known" },
    ]).document(style, "r");
    const field = `${"x".repeat(100)}…`;

    expect([errors, detail]).toEqual([[{ field, message: "is not known" }], `Not valid: ${field}`]);
  });
});
