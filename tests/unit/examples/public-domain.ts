import { mockCallResult } from "../../../lib/graph/mock-aws";
import { valueOf } from "../../../lib/graph/record";
import type { ProgramGraph, RecordedResource } from "../../../lib/graph/program-graph";
import type * as Program from "../../../examples/public-domain";
import { expectRegisteredAsDocumented, recordExample, violations } from "./example";

const lookups: unknown[] = [];
const load = (config: Record<string, string>) =>
  recordExample<typeof Program>("public-domain", {
    stack: "eu",
    config,
    call: (args) => {
      if (args.token !== "aws:route53/getZone:getZone") return mockCallResult(args);
      lookups.push(args.inputs);
      return { zoneId: "ZPUBLIC" };
    },
  });

describe("a public domain that cannot be", () => {
  it("is refused without a name", async () => {
    await expect(load({})).rejects.toThrow(
      "Missing required configuration variable 'payments-public-domain:zoneName'",
    );
  });

  it("is refused before anything is registered", async () => {
    await expect(load({ zoneName: "example.com." })).rejects.toThrow(
      'api.customDomain: found "api.example.com."; allowed: a domain name',
    );
  });
});

describe("a public domain", () => {
  let graph: ProgramGraph<typeof Program>;
  beforeAll(async () => {
    graph = await load({ zoneName: "example.com" });
  });

  it("registers as many resources as its README says", () => {
    expectRegisteredAsDocumented("public-domain", graph);
  });

  const certificate = () => graph.one("aws:acm/certificate:Certificate");
  const validation = () => graph.one("aws:acm/certificateValidation:CertificateValidation");
  const record = (name: string) => graph.one("aws:route53/record:Record", name);
  const from = (resource: RecordedResource, property: string) =>
    graph.resources.filter(({ urn }) => resource.propertyDependencies[property]?.includes(urn));

  it("is certified by ACM, which is shown a record in the public zone", () => {
    expect(lookups).toContainEqual({ name: "example.com", privateZone: false });
    expect(certificate().inputs).toMatchObject({
      domainName: "api.example.com",
      validationMethod: "DNS",
    });
    expect(record("api-certificate-proof").inputs).toEqual({
      zoneId: "ZPUBLIC",
      name: "_0a1b2c3d.api.example.com.",
      type: "CNAME",
      records: ["_4e5f6a7b.acm-validations.aws."],
      ttl: 300,
    });
    expect(graph.dependenciesOf(validation())).toEqual(
      expect.arrayContaining([certificate(), record("api-certificate-proof")]),
    );
  });

  it("is given to the API only after the certificate is validated, and no other certificate is made", () => {
    const domain = graph.one("aws:apigateway/domainName:DomainName");

    expect(domain.inputs).toMatchObject({
      domainName: "api.example.com",
      regionalCertificateArn: validation().inputs["certificateArn"],
    });
    expect(from(domain, "regionalCertificateArn")).toContain(validation());
    expect(graph.ofType("tls:index/privateKey:PrivateKey")).toEqual([]);
  });

  it("is an alias of the API's regional endpoint", async () => {
    const alias = record("api-alias");

    expect(alias.inputs).toEqual({
      zoneId: "ZPUBLIC",
      name: "api.example.com",
      type: "A",
      aliases: [
        {
          name: "d-abc.execute-api.eu-central-1.amazonaws.com",
          zoneId: "Z1",
          evaluateTargetHealth: false,
        },
      ],
    });
    expect(from(alias, "aliases")).toContain(graph.one("aws:apigateway/domainName:DomainName"));
    expect(graph.result.url).toBe("https://api.example.com");
    expect(await valueOf(graph.result.certificateArn)).toBe(validation().inputs["certificateArn"]);
  });

  it("stands behind a web ACL, and keeps its logs for a year", () => {
    expect(graph.ofType("aws:wafv2/webAclAssociation:WebAclAssociation")).toHaveLength(1);
    for (const { name, inputs } of graph.ofType("aws:cloudwatch/logGroup:LogGroup")) {
      expect([name, inputs["retentionInDays"]]).toEqual([name, 365]);
    }
  });

  it("passes the security rules", () => {
    expect(violations(graph, "staging")).toBe("");
  });
});
