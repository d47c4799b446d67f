import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";

/** The account that everything is recorded in. */
export const accountId = "123456789012";
/** The region that everything is recorded in, unless it says another. */
export const region = "eu-central-1";

const services: Readonly<Record<string, string>> = {
  apigateway: "apigateway",
  cloudwatch: "logs",
  cognito: "cognito-idp",
  ec2: "ec2",
  wafv2: "wafv2",
};

/** Mocked ids, ARNs and endpoints, in the region that the arguments name, else the provider. */
export function mockState(
  { type, name }: MockResourceArgs,
  inputs: Record<string, unknown>,
  providerRegion = region,
): Record<string, unknown> {
  const at = regionOf(inputs) ?? providerRegion;
  const [, module = "", resource = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  const text = (key: string) => (typeof inputs[key] === "string" ? inputs[key] : name);
  const service = services[module] ?? module;
  const arn = `arn:aws:${service}:${at}:${accountId}:${resource.toLowerCase()}/${name}`;
  switch (type) {
    case "aws:acm/certificate:Certificate":
      return { ...inputs, arn, ...validationOf(inputs) };
    case "aws:cognito/userPool:UserPool":
      return { ...inputs, arn, endpoint: `cognito-idp.${at}.amazonaws.com/${name}-id` };
    case "aws:dynamodb/table:Table":
      return { ...inputs, arn, streamArn: `${arn}/stream/2026-01-01T00:00:00.000` };
    case "aws:s3/bucket:Bucket":
      return { ...inputs, arn: `arn:aws:s3:::${text("bucket")}` };
    case "aws:iam/role:Role":
      return {
        ...inputs,
        name: text("name"),
        arn: `arn:aws:iam::${accountId}:role/${text("name")}`,
      };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { ...inputs, arn: `arn:aws:logs:${at}:${accountId}:log-group:${text("name")}` };
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return { ...inputs, arn: `arn:aws:cloudwatch:${at}:${accountId}:alarm:${text("name")}` };
    case "aws:cloudwatch/dashboard:Dashboard":
      return { ...inputs, dashboardArn: `arn:aws:cloudwatch::${accountId}:dashboard/${name}` };
    case "aws:kms/key:Key":
      return { ...inputs, arn, keyId: `${name}-id` };
    case "aws:lambda/function:Function":
      return {
        ...inputs,
        arn: `arn:aws:lambda:${at}:${accountId}:function:${text("name")}`,
        invokeArn: `arn:aws:apigateway:${at}:lambda:path/2015-03-31/functions/${text("name")}/invocations`,
      };
    case "aws:rds/instance:Instance":
      return {
        ...inputs,
        arn: `arn:aws:rds:${at}:${accountId}:db:${text("identifier")}`,
        resourceId: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        address: `${text("identifier")}.cluster.${at}.rds.amazonaws.com`,
        endpoint: `${text("identifier")}.cluster.${at}.rds.amazonaws.com:5432`,
        port: 5432,
        masterUserSecrets: [
          { secretArn: `arn:aws:secretsmanager:${at}:${accountId}:secret:rds!db-1-AbCdEf` },
        ],
      };
    case "aws:apigateway/restApi:RestApi":
      return {
        ...inputs,
        arn,
        rootResourceId: "root",
        executionArn: `arn:aws:execute-api:${at}:${accountId}:${name}-id`,
      };
    case "aws:apigateway/stage:Stage":
      return {
        ...inputs,
        arn,
        invokeUrl: `https://api.execute-api.${at}.amazonaws.com/${text("stageName")}`,
        executionArn: `arn:aws:execute-api:${at}:${accountId}:api/${text("stageName")}`,
      };
    case "aws:apigateway/domainName:DomainName":
      return {
        ...inputs,
        arn,
        regionalDomainName: `d-abc.execute-api.${at}.amazonaws.com`,
        regionalZoneId: "Z1",
        domainNameId: `${name}-id`,
      };
    case "aws:route53/record:Record":
      return { ...inputs, fqdn: text("name") };
    case "aws:route53/zone:Zone":
      return { ...inputs, arn, zoneId: "Z1" };
    case "aws:ec2/vpcEndpoint:VpcEndpoint":
      return { ...inputs, arn, prefixListId: `pl-${name}`, dnsEntries: dnsEntriesOf(name, at) };
    case "aws:ec2/vpc:Vpc":
      return { ...inputs, arn, defaultSecurityGroupId: "sg-default" };
    case "random:index/randomId:RandomId":
      return { ...inputs, hex: "0a1b2c3d", dec: "1" };
    case "random:index/randomBytes:RandomBytes":
      return { ...inputs, base64: "AQIDBA==", hex: "01020304" };
    case "tls:index/privateKey:PrivateKey":
      return { ...inputs, privateKeyPem: "PRIVATE KEY" };
    case "tls:index/selfSignedCert:SelfSignedCert":
      return { ...inputs, certPem: "CERTIFICATE" };
    default:
      return { ...inputs, arn };
  }
}

/** The record by which a certificate's domain is validated; imported and private ones are not. */
function validationOf({ domainName, validationMethod }: Record<string, unknown>) {
  if (typeof domainName !== "string" || validationMethod !== "DNS") return {};
  return {
    domainValidationOptions: [
      {
        domainName,
        resourceRecordName: `_0a1b2c3d.${domainName}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_4e5f6a7b.acm-validations.aws.",
      },
    ],
  };
}

/** An interface endpoint's names: in each zone, and in the region. */
function dnsEntriesOf(name: string, at: string) {
  return [`${name}-${at}a`, name].map((host) => ({
    dnsName: `${host}.${at}.vpce.amazonaws.com`,
    hostedZoneId: "Z2",
  }));
}

/** The region that arguments name. */
export function regionOf(args: Readonly<Record<string, unknown>>): string | undefined {
  return typeof args["region"] === "string" ? args["region"] : undefined;
}

/**
 * What the provider's functions return, in the region that their arguments name, else the provider; throws for one
 * whose result is not known.
 */
export function mockCallResult(
  { token, inputs }: Pick<MockCallArgs, "token" | "inputs">,
  providerRegion = region,
): Record<string, unknown> {
  const at = regionOf(inputs as Record<string, unknown>) ?? providerRegion;
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId };
    case "aws:index/getRegion:getRegion":
      return { region: at, name: at };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return {
        names: ["a", "b", "c"].map((letter) => `${at}${letter}`),
        zoneIds: [1, 2, 3].map((number) => `${at}-az${String(number)}`),
      };
    default:
      throw new Error(`no result of ${token} is known: give one as the option \`call\``);
  }
}
