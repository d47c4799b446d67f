import * as pulumi from "@pulumi/pulumi";
import { ApiDomainComponent } from "../../../lib/components/api-domain";
import type { ApiDomainComponentArgs } from "../../../lib/components/api-domain";
import { inRegion } from "../../../lib/core/context";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (
  args: Partial<ApiDomainComponentArgs> = {},
  opts?: pulumi.ComponentResourceOptions,
) =>
  record(
    () =>
      new ApiDomainComponent(
        "payments-api-domain",
        {
          context: testContext("dev"),
          domainName: "api-dev.payments.internal",
          certificateArn: null,
          restApiId: "api-1",
          stageName: "dev",
          ...args,
        },
        opts,
      ),
    { state: ({ type, name }) => (type === zoneType ? { zoneId: `${name}-id` } : undefined) },
  );

const ofNetwork = { description: "The payments API within the dev network", vpcId: "vpc-1" };
const endpoint = { endpointId: "vpce-1", dnsName: "vpce-1.example", dnsZoneId: "ZVPCE" };

const domainType = "aws:apigateway/domainName:DomainName";
const recordType = "aws:route53/record:Record";
const zoneType = "aws:route53/zone:Zone";
const certificateType = "aws:acm/certificate:Certificate";
const keyType = "tls:index/privateKey:PrivateKey";
const selfSignedType = "tls:index/selfSignedCert:SelfSignedCert";

const tags = { ...testContext("dev").tags, Name: "api-dev.payments.internal" };

describe("the API's domain", () => {
  it("is a regional one over TLS 1.2 and later, tagged with its own name", async () => {
    const graph = await build();

    expect(graph.one(domainType).inputs).toEqual({
      domainName: "api-dev.payments.internal",
      regionalCertificateArn: await valueOf(graph.result.certificateArn),
      endpointConfiguration: { types: "REGIONAL" },
      securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      endpointAccessMode: "STRICT",
      tags: { ...tags, CustomDomain: "api-dev.payments.internal" },
    });
    expect(await valueOf(graph.result.domainName)).toBe("api-dev.payments.internal");
    expect(await valueOf(graph.result.url)).toBe("https://api-dev.payments.internal");
  });

  it("leads to the stage", async () => {
    const graph = await build();
    const mapping = graph.one("aws:apigateway/basePathMapping:BasePathMapping");

    expect(mapping.inputs).toEqual({
      domainName: "api-dev.payments.internal",
      restApi: "api-1",
      stageName: "dev",
    });
    expect(graph.dependenciesOf(mapping)).toContain(graph.one(domainType));
  });

  it("has no record by default, and says what one points at", async () => {
    const graph = await build();

    expect(graph.ofType(zoneType)).toEqual([]);
    expect(graph.ofType(recordType)).toEqual([]);
    expect(graph.result.zoneId).toBeUndefined();
    expect(graph.result.zoneArn).toBeUndefined();
    expect(await valueOf(graph.result.targetDomainName)).toBe(
      "d-abc.execute-api.eu-central-1.amazonaws.com",
    );
    expect(await valueOf(graph.result.targetZoneId)).toBe("Z1");
  });

  it("is known in a network on request, as an alias of the regional endpoint", async () => {
    const graph = await build({ zone: ofNetwork });

    expect(graph.one(zoneType).inputs).toEqual({
      name: "api-dev.payments.internal",
      comment: "The payments API within the dev network",
      vpcs: [{ vpcId: "vpc-1" }],
      tags,
    });
    expect(graph.one(recordType).inputs).toEqual({
      zoneId: "payments-api-domain-zone-id",
      name: "api-dev.payments.internal",
      type: "A",
      aliases: [
        {
          name: await valueOf(graph.result.targetDomainName),
          zoneId: "Z1",
          evaluateTargetHealth: false,
        },
      ],
    });
    expect(await valueOf(pulumi.output(graph.result.zoneId))).toBe("payments-api-domain-zone-id");
    expect(await valueOf(pulumi.output(graph.result.zoneArn))).toMatch(/^arn:aws:route53:/);
  });

  it("gets an imported certificate for its name alone, for servers only, renewed before it ends", async () => {
    const graph = await build();

    expect(graph.one(keyType).inputs).toEqual({ algorithm: "RSA", rsaBits: 2048 });
    expect(graph.one(selfSignedType).inputs).toEqual({
      privateKeyPem: "PRIVATE KEY",
      subject: { commonName: "api-dev.payments.internal" },
      dnsNames: ["api-dev.payments.internal"],
      allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
      validityPeriodHours: 8760,
      earlyRenewalHours: 720,
    });
    expect(graph.one(certificateType).inputs).toEqual({
      certificateBody: "CERTIFICATE",
      privateKey: "PRIVATE KEY",
      tags,
    });
    expect(await valueOf(graph.result.certificateArn)).toMatch(/^arn:aws:acm:/);
  });

  it("does not create the same certificate again on every run", async () => {
    const [first, second] = [await build(), await build()];

    for (const type of [keyType, selfSignedType, certificateType]) {
      expect(second.one(type).inputs).toEqual(first.one(type).inputs);
    }
  });

  it("keeps the certificate's key secret", async () => {
    const keys: unknown[] = [];
    await build(
      {},
      {
        transformations: [
          ({ type, props }) => {
            const given: Record<string, unknown> = { ...props };
            if (type === certificateType) keys.push(given["privateKey"]);
            if (type === selfSignedType) keys.push(given["privateKeyPem"]);
            return undefined;
          },
        ],
      },
    );

    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(pulumi.Output.isInstance(key) && (await pulumi.isSecret(key))).toBe(true);
    }
  });

  it("uses an existing certificate, and then creates none", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";
    const graph = await build({ certificateArn });

    expect(graph.one(domainType).inputs["regionalCertificateArn"]).toBe(certificateArn);
    expect(await valueOf(graph.result.certificateArn)).toBe(certificateArn);
    for (const type of [keyType, selfSignedType, certificateType]) {
      expect(graph.ofType(type)).toEqual([]);
    }
  });

  it("has its record in an existing zone, and then creates none", async () => {
    const graph = await build({ zone: { existing: { zoneId: "Z2" } } });

    expect(graph.ofType(zoneType)).toEqual([]);
    expect(graph.one(recordType).inputs).toHaveProperty("zoneId", "Z2");
    expect(await valueOf(pulumi.output(graph.result.zoneId))).toBe("Z2");
    expect(await valueOf(pulumi.output(graph.result.zoneArn))).toBe(
      "arn:aws:route53:::hostedzone/Z2",
    );
  });

  it("stands in the region of its context with all that belongs to one", async () => {
    const graph = await build({ context: inRegion(testContext("dev"), "us-west-2") });
    const regions = graph
      .childrenOf(graph.one("payments:api:Domain"))
      .filter(({ inputs }) => inputs["region"] === "us-west-2");

    expect(regions.map(({ type }) => type).sort()).toEqual([
      certificateType,
      "aws:apigateway/basePathMapping:BasePathMapping",
      domainType,
    ]);
  });

  it("fits its certificate whatever its length: a common name has 64 characters at most", async () => {
    const label = "a".repeat(63);
    const graph = await build({ domainName: `${label}.payments.internal` });
    const { inputs } = graph.one(selfSignedType);

    expect(inputs["subject"]).toEqual({ commonName: "*.payments.internal" });
    expect(inputs["dnsNames"]).toEqual([`${label}.payments.internal`]);
  });

  it("is replaced where it becomes private or public, for AWS does not change that", async () => {
    const options: pulumi.ResourceOptions[] = [];
    await build(
      {},
      {
        transformations: [
          ({ type, opts }) => {
            if (type === domainType) options.push(opts);
            return undefined;
          },
        ],
      },
    );

    expect(options).toMatchObject([
      { deleteBeforeReplace: true, replaceOnChanges: ["endpointConfiguration.types"] },
    ]);
  });

  it("can be changed by a transform", async () => {
    const graph = await build({
      zone: ofNetwork,
      transform: { domain: { securityPolicy: "TLS_1_3" }, zone: { comment: "Ours" } },
    });

    expect(graph.one(domainType).inputs["securityPolicy"]).toBe("TLS_1_3");
    expect(graph.one(zoneType).inputs["comment"]).toBe("Ours");
    expect(graph.childrenOf(graph.one("payments:api:Domain"))).toHaveLength(7);
  });
});

describe("a private API's domain", () => {
  it("is private, with a certificate of that kind, and lets in the endpoint alone", async () => {
    const graph = await build({ endpoint });
    const { policy, ...inputs } = graph.one(domainType).inputs;

    expect(inputs).toEqual({
      domainName: "api-dev.payments.internal",
      certificateArn: await valueOf(graph.result.certificateArn),
      endpointConfiguration: { types: "PRIVATE" },
      securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      endpointAccessMode: "STRICT",
      tags: { ...tags, CustomDomain: "api-dev.payments.internal" },
    });
    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ThroughTheEndpoint",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "execute-api:Invoke",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        },
      ],
    });
  });

  it("is served by the endpoint, and leads to the stage by its id", async () => {
    const graph = await build({ endpoint });

    expect(
      graph.one("aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation").inputs,
    ).toMatchObject({
      accessAssociationSource: "vpce-1",
      accessAssociationSourceType: "VPCE",
      domainNameArn: expect.stringMatching(/^arn:aws:apigateway:/) as unknown,
    });
    expect(graph.one("aws:apigateway/basePathMapping:BasePathMapping").inputs).toMatchObject({
      domainNameId: "payments-api-domain-domain-id",
    });
  });

  it("is known in the network, as an alias of the endpoint", async () => {
    const graph = await build({ endpoint, zone: ofNetwork });

    expect(graph.one(recordType).inputs["aliases"]).toEqual([
      { name: "vpce-1.example", zoneId: "ZVPCE", evaluateTargetHealth: false },
    ]);
    expect(await valueOf(graph.result.targetDomainName)).toBe("vpce-1.example");
    expect(await valueOf(graph.result.targetZoneId)).toBe("ZVPCE");
  });
});
