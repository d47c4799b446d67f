import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import type { Context } from "../../../bin/preflight/check";
import { certificateCheck } from "../../../bin/preflight/checks/certificates";
import { keyCheck } from "../../../bin/preflight/checks/keys";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { account, answer, denied, findingsOf, firstDeployment, lines, region } from "./context";

const acm = mockClient(ACMClient);
const kms = mockClient(KMSClient);

let context: Context;
beforeAll(async () => {
  context = await firstDeployment();
});
beforeEach(() => {
  acm.reset();
  kms.reset();
});

const certificate = (place = region) => `arn:aws:acm:${place}:${account}:certificate/given`;

/** The stack with a certificate that it is given. */
function given(regionalCertificateArn: string): Context {
  const [domain] = context.graph.ofType("aws:apigateway/domainName:DomainName");
  if (domain === undefined) throw new Error("the stack has no domain");
  const other: RecordedResource = {
    ...domain,
    inputs: { ...domain.inputs, domainName: "api.example.com", regionalCertificateArn },
    propertyDependencies: { regionalCertificateArn: [] },
  };
  return { ...context, graph: new ProgramGraph(context.graph.result, [other]) };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 1_000);
const check = (arn = certificate()) => findingsOf(certificateCheck, given(arn));
const issued = (changes: object = {}) => {
  acm.on(DescribeCertificateCommand).resolves({
    Certificate: {
      Status: "ISSUED",
      DomainName: "api.example.com",
      Type: "IMPORTED",
      NotAfter: inDays(90),
      ...changes,
    },
  });
};

describe("a certificate that the stack is given", () => {
  it("is well, for the domain's own name or a wildcard of its label", async () => {
    issued();
    expect(lines(await check(), "ok")).toEqual([
      `${certificate()}: issued for api.example.com, 90 days to its end`,
    ]);

    issued({ DomainName: "example.com", SubjectAlternativeNames: ["*.example.com"] });
    expect(lines(await check(), "ok")).toHaveLength(1);
  });

  it("has to be of the stack's region", async () => {
    expect(lines(await check(certificate("us-east-1")), "problem").join()).toContain(
      "is in us-east-1: a regional domain takes one of eu-central-1",
    );
    expect(acm.calls()).toEqual([]);
  });

  it.each([
    [{ Status: "PENDING_VALIDATION" }, "it is PENDING_VALIDATION"],
    [{ Status: "EXPIRED" }, "it is EXPIRED"],
    [{ DomainName: "example.com" }, "none of them api.example.com"],
    [{ DomainName: "*.api.example.com" }, "none of them api.example.com"],
  ])("has to be issued, for the domain: %j", async (changes, what) => {
    issued(changes);

    expect(lines(await check(), "problem").join()).toContain(what);
  });

  it("should be replaced before its end, if ACM does not renew it", async () => {
    issued({ NotAfter: inDays(29) });
    expect(lines(await check(), "warning").join()).toContain("29 days to its end");

    issued({ NotAfter: inDays(29), Type: "AMAZON_ISSUED" });
    expect(lines(await check(), "warning")).toEqual([]);
  });

  it("is not known, where it may not be asked for", async () => {
    acm.on(DescribeCertificateCommand).rejects(denied("acm:DescribeCertificate"));

    expect(lines(await check(), "warning").join()).toContain("not permitted");
  });

  it("is not one that the stack makes", async () => {
    expect(await findingsOf(certificateCheck, context)).toEqual([]);
  });
});

describe("a key that is there already", () => {
  const policy = (changes: object = {}) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "kms:*",
          Resource: "*",
          ...changes,
        },
      ],
    });
  const keys = () => findingsOf(keyCheck, context);

  beforeEach(() => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { KeyId: "key", KeyState: "Enabled" } });
    kms.on(GetKeyPolicyCommand).resolves({ Policy: policy() });
  });

  it("is well, if it is enabled and the account may administer it", async () => {
    expect(lines(await keys(), "ok").length).toBeGreaterThan(0);
    expect(lines(await keys(), "warning")).toEqual([]);
  });

  it("has to be enabled", async () => {
    kms.on(DescribeKeyCommand).resolves({
      KeyMetadata: { KeyId: "key", KeyState: "PendingDeletion" },
    });
    const [problem] = await keys();

    expect(problem).toMatchObject({ level: "problem" });
    expect(problem?.whatToDo).toContain("aws kms cancel-key-deletion --key-id key");
  });

  it.each([
    [{ Principal: { AWS: `arn:aws:iam::${account}:role/one` } }],
    [{ Principal: { AWS: "arn:aws:iam::999999999999:root" } }],
    [{ Effect: "Deny" }],
    [{ Action: ["kms:Decrypt"] }],
  ])("should not be one that only those can change whom it names: %j", async (changes) => {
    kms.on(GetKeyPolicyCommand).resolves({ Policy: policy(changes) });

    expect(lines(await keys(), "warning").join()).toContain("only whom it names can change it");
  });

  it("is none before the first deployment", async () => {
    kms.on(DescribeKeyCommand).rejects(answer("NotFoundException"));

    expect(await keys()).toEqual([]);
  });
});
