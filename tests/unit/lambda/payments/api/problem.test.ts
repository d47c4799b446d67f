import { invalidRequest } from "../../../../../lib/lambda/http/problem";
import { paymentProblem, problemStyle } from "../../../../../lib/lambda/payments/api/problem";

describe("a problem of the payments API", () => {
  it("is a document with a stable type, the title and status of its kind, and the request's id", () => {
    const problem = paymentProblem("wrong-status", {
      detail: "No",
      extensions: { currentStatus: "FAILED" },
    });

    expect(problem.status).toBe(409);
    expect(problem.document(problemStyle, "request-1")).toEqual({
      type: "urn:payments:problem:wrong-status",
      title: "The payment's status does not allow this",
      status: 409,
      detail: "No",
      requestId: "request-1",
      currentStatus: "FAILED",
    });
  });

  it("of an invalid request names each field once, with everything that is wrong with it", () => {
    const problem = invalidRequest([
      { field: "amount", message: "is odd" },
      { field: "userId", message: "is old" },
      { field: "amount", message: "is red" },
    ]);

    expect(problem.document(problemStyle, "request-1")).toEqual({
      type: "urn:payments:problem:invalid-request",
      title: "The request is not valid",
      status: 400,
      detail: "Not valid: amount, userId",
      requestId: "request-1",
      errors: [
        { field: "amount", message: "is odd; is red" },
        { field: "userId", message: "is old" },
      ],
    });
  });

  it("does not send back a field's name that looks like a card number or has no end", () => {
    const { detail, errors } = invalidRequest([
      { field: "4111 1111 1111 1111", message: "is not known" },
      { field: "x".repeat(5000), message: "is not known" },
    ]).document(problemStyle, "request-1");
    const names = ["(a name that looks like a card number)", `${"x".repeat(100)}…`];

    expect(errors).toEqual(names.map((field) => ({ field, message: "is not known" })));
    expect(detail).toBe(`Not valid: ${names.join(", ")}`);
  });
});
