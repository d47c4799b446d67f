import {
  corsRequestHeaders,
  errorOrigin,
  preflightResponse,
} from "../../../../lib/components/api-gateway/cors";

const origins = ["https://a.example", "https://b.example"];

describe("a preflight", () => {
  it("names the resource's methods, what a signed request needs, and how long that holds", () => {
    const { headers } = preflightResponse(["https://a.example"], ["POST", "GET"]);

    expect(headers).toEqual({
      "Access-Control-Allow-Origin": "https://a.example",
      "Access-Control-Allow-Methods": "GET,POST,OPTIONS",
      "Access-Control-Allow-Headers":
        "Content-Type,Authorization,Idempotency-Key,X-Amz-Date,X-Amz-Security-Token,X-Amz-Content-Sha256",
      "Access-Control-Max-Age": "3600",
    });
    expect(corsRequestHeaders).toHaveLength(6);
  });

  it("names the API's own headers where it has some", () => {
    const { headers } = preflightResponse(["*"], ["GET"], ["Content-Type", "X-Api-Key"]);

    expect(headers["Access-Control-Allow-Headers"]).toBe("Content-Type,X-Api-Key");
  });

  it("allows any origin where any is allowed, even beside others", () => {
    const { headers, template } = preflightResponse(["https://a.example", "*"], ["GET"]);

    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": "*" });
    expect(headers).not.toHaveProperty("Vary");
    expect(template).toBeUndefined();
  });

  it("needs no template for a single origin, and allows none where none is allowed", () => {
    expect(preflightResponse(["https://a.example"], ["GET"])).not.toHaveProperty("template");
    expect(preflightResponse([], ["GET"]).headers["Access-Control-Allow-Origin"]).toBe("");
  });

  it("allows the caller's of several origins, names the first to any other caller, and caches them separately", () => {
    const { headers, template } = preflightResponse(origins, ["GET"]);

    expect(headers).toMatchObject({
      "Access-Control-Allow-Origin": "https://a.example",
      Vary: "Origin",
    });
    expect(template?.split("\n")).toEqual([
      "#set($allowed = ['https://a.example', 'https://b.example'])",
      "#set($origin = $input.params().header.get('Origin'))",
      "#if(!$origin || $origin == '')#set($origin = $input.params().header.get('origin'))#end",
      "#if($allowed.contains($origin))#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end",
    ]);
  });
});

describe("an error of the gateway", () => {
  it("may be read by the only allowed origin, else by any", () => {
    expect(errorOrigin(["https://a.example"])).toBe("https://a.example");
    expect(errorOrigin(origins)).toBe("*");
    expect(errorOrigin(["*"])).toBe("*");
  });
});
