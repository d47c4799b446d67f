import {
  gatewayProblems,
  gatewayProblemsOf,
  gatewayResponse,
} from "../../../../lib/components/api-gateway/gateway-problems";
import { problemKinds } from "../../../../lib/lambda/payments/api/problem";

const responses = gatewayProblems.map((problem) =>
  gatewayResponse(problem, ["https://a.example"], "urn:payments:problem:"),
);
const onlyFunctions = {
  commonFunction: true,
  userPools: false,
  usagePlans: false,
  services: false,
};

/** The problem document as API Gateway fills it in. */
function document(responseType: string): unknown {
  const found = responses.find((response) => response.responseType === responseType);
  return JSON.parse(
    String(found?.responseTemplates["application/json"])
      .replace("$context.requestId", "request-1")
      .replace("$context.error.message", "Missing required request parameters: [id]"),
  );
}

describe("the gateway's own errors", () => {
  it("are all that a caller can meet, each with the status that AWS gives it", () => {
    expect(responses.map(({ responseType, statusCode }) => [responseType, statusCode])).toEqual([
      ["BAD_REQUEST_PARAMETERS", "400"],
      ["MISSING_AUTHENTICATION_TOKEN", "403"],
      ["INVALID_SIGNATURE", "403"],
      ["EXPIRED_TOKEN", "403"],
      ["ACCESS_DENIED", "403"],
      ["WAF_FILTERED", "403"],
      ["REQUEST_TOO_LARGE", "413"],
      ["THROTTLED", "429"],
      ["INTEGRATION_FAILURE", "504"],
      ["INTEGRATION_TIMEOUT", "504"],
      ["API_CONFIGURATION_ERROR", "500"],
      ["DEFAULT_4XX", undefined],
      ["DEFAULT_5XX", undefined],
    ]);
  });

  it("are problem documents with type, title, status, detail and request id", () => {
    expect(document("THROTTLED")).toEqual({
      type: "urn:payments:problem:too-many-requests",
      title: "There are too many requests",
      status: 429,
      detail: "The API takes no more for the moment; try again later.",
      requestId: "request-1",
    });
  });

  it("name the parameter that is missing", () => {
    expect(document("BAD_REQUEST_PARAMETERS")).toMatchObject({
      status: 400,
      detail: "Missing required request parameters: [id]",
    });
  });

  it("have the same status in the document as in the response", () => {
    for (const { responseType, statusCode } of responses) {
      const { status } = document(responseType) as { status?: number };

      expect([responseType, status?.toString()]).toEqual([responseType, statusCode]);
    }
  });

  it("have the function's title where they have its type", () => {
    const titles = new Map(Object.entries(problemKinds).map(([kind, { title }]) => [kind, title]));
    const shared = gatewayProblems.filter(({ slug }) => titles.has(slug));

    expect(shared.map(({ slug, title }) => [slug, title])).toEqual([
      ["invalid-request", titles.get("invalid-request")],
      ["internal-error", titles.get("internal-error")],
      ["internal-error", titles.get("internal-error")],
    ]);
  });

  it("leave the status of errors without a response of their own as it is", () => {
    expect(document("DEFAULT_4XX")).not.toHaveProperty("status");
    for (const response of responses.filter(({ responseType }) =>
      responseType.startsWith("DEFAULT"),
    )) {
      expect(response).not.toHaveProperty("statusCode");
    }
  });

  it("are sent as problem+json that a browser's code of an allowed origin may read", () => {
    for (const { responseParameters } of responses) {
      expect(responseParameters).toEqual({
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example'",
        "gatewayresponse.header.Access-Control-Expose-Headers":
          "'X-Amzn-RequestId,X-Amzn-ErrorType'",
      });
    }
  });

  it("start their type as the API's problems do", () => {
    const [problem] = gatewayProblems;
    const response = problem && gatewayResponse(problem, ["*"], "urn:shop:problem:");

    expect(JSON.parse(String(response?.responseTemplates["application/json"]))).toHaveProperty(
      "type",
      "urn:shop:problem:invalid-request",
    );
  });

  it.each([
    ["functions alone", {}, []],
    ["user pools", { userPools: true }, [["UNAUTHORIZED", 401]]],
    [
      "usage plans",
      { usagePlans: true },
      [
        ["INVALID_API_KEY", 403],
        ["QUOTA_EXCEEDED", 429],
      ],
    ],
    [
      "service integrations",
      { services: true },
      [
        ["BAD_REQUEST_BODY", 400],
        ["UNSUPPORTED_MEDIA_TYPE", 415],
      ],
    ],
  ])("have what %s add", (_what, sources, added) => {
    const found = gatewayProblemsOf({ ...onlyFunctions, ...sources });

    expect(found.slice(0, gatewayProblems.length)).toEqual(gatewayProblems);
    expect(
      found.slice(gatewayProblems.length).map(({ responseType, status }) => [responseType, status]),
    ).toEqual(added);
  });

  it("say that a route may be unknown where no function says so", () => {
    const details = gatewayProblemsOf({ ...onlyFunctions, commonFunction: false }).map(
      ({ detail }) => detail,
    );

    expect(details).toContain(
      "There is no such route, or: The request is not signed (AWS Signature Version 4).",
    );
    expect(details).toHaveLength(gatewayProblems.length);
  });
});
