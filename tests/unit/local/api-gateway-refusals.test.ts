import { refuseCertificate } from "../../../lib/local/resources/api-gateway/domain-names";
import { asByItsEndpoint } from "../../../lib/local/resources/api-gateway/private-access";
import { refuseTls } from "../../../lib/local/resources/api-gateway/tls";

const enhanced = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09";
const ofEdge = "SecurityPolicy_TLS13_2025_EDGE";

/** What is thrown; undefined if nothing is. */
function refusalOf(act: () => void): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("the local API Gateway", () => {
  it.each<[Parameters<typeof refuseTls>, string]>([
    [[{ securityPolicy: enhanced }, "REGIONAL"], "Endpoint access mode is required"],
    [[{ endpointAccessMode: "STRICT" }, "PRIVATE"], "Endpoint access mode is for"],
    [[{ securityPolicy: "TLS_1_2", endpointAccessMode: "BASIC" }, "REGIONAL"], "is for security"],
    [[{ securityPolicy: ofEdge, endpointAccessMode: "STRICT" }, "REGIONAL"], "is not for REGIONAL"],
    [[{ securityPolicy: enhanced, endpointAccessMode: "BASIC" }, "EDGE"], "is not for EDGE"],
  ])("refuses a TLS policy as AWS does: %j", (args, message) => {
    const refused = refusalOf(() => {
      refuseTls(...args);
    });

    expect(refused).toMatchObject({ name: "BadRequestException" });
    expect(String(refused)).toContain(message);
  });

  it.each<Parameters<typeof refuseTls>>([
    [{}, "REGIONAL"],
    [{ securityPolicy: "TLS_1_2" }, "EDGE"],
    [{ securityPolicy: enhanced, endpointAccessMode: "STRICT" }, "PRIVATE"],
    [{ securityPolicy: ofEdge, endpointAccessMode: "BASIC" }, "EDGE"],
  ])("takes %j of a %s endpoint", (args, type) => {
    expect(() => {
      refuseTls(args, type);
    }).not.toThrow();
  });

  it("refuses a private domain with a regional certificate, and the other way round", () => {
    const refused = (...args: Parameters<typeof refuseCertificate>) =>
      refusalOf(() => {
        refuseCertificate(...args);
      });

    expect(refused({ regionalCertificateArn: "arn:1" }, "REGIONAL")).toBeUndefined();
    expect(refused({ certificateArn: "arn:1" }, "PRIVATE")).toBeUndefined();
    expect(refused({ regionalCertificateArn: "arn:1" }, "PRIVATE")).toMatchObject({
      name: "BadRequestException",
      message: "PRIVATE needs certificateArn",
    });
    expect(refused({ certificateArn: "arn:1" }, "REGIONAL")).toMatchObject({
      name: "BadRequestException",
      message: "REGIONAL needs regionalCertificateArn",
    });
  });

  it("takes this machine's requests for those that come by a private API's endpoint", () => {
    const sourceVpce = { "aws:SourceVpce": "vpce-1" };
    const allow = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" };
    const policy = {
      Version: "2012-10-17",
      Statement: [
        { ...allow, Condition: { StringEquals: sourceVpce } },
        { ...allow, Condition: { StringEquals: { ...sourceVpce, "aws:username": "a" } } },
        { ...allow, Condition: { Bool: { "aws:SecureTransport": "true" } } },
        { ...allow, Effect: "Deny", Condition: { StringNotEquals: sourceVpce } },
      ],
    };

    expect(JSON.parse(asByItsEndpoint(JSON.stringify(policy)))).toEqual({
      Version: "2012-10-17",
      Statement: [
        allow,
        { ...allow, Condition: { StringEquals: { "aws:username": "a" } } },
        { ...allow, Condition: { Bool: { "aws:SecureTransport": "true" } } },
      ],
    });
  });
});
