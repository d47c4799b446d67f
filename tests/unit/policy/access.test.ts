import {
  admitsAnyone,
  allows,
  covers,
  publicStatements,
  refusesPlainHttp,
  statementsAbout,
} from "../../../lib/policy/access";
import { PolicyGraph, unknownValue } from "../../../lib/policy/policy-graph";
import { Subject } from "../../../lib/policy/rule";
import { statementsOf } from "../../../lib/policy/statements";
import type { Statement } from "../../../lib/policy/statements";
import { resource } from "./rule-cases";

function statement(part: Readonly<Record<string, unknown>>): Statement {
  const [only] = statementsOf({ Statement: { Effect: "Allow", ...part } }) ?? [];
  if (only === undefined) throw new Error("no statement");
  return only;
}

describe("who a statement allows", () => {
  const anyone = { Principal: "*", Action: "sqs:SendMessage" };
  const onlyIf = (operator: string, key: string, value: unknown) =>
    statement({ ...anyone, Condition: { [operator]: { [key]: value } } });

  it.each([
    ["without a condition", statement(anyone)],
    ["as an AWS principal", statement({ Principal: { AWS: ["*"] } })],
    ["by naming who not", statement({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })],
    ["with TLS", onlyIf("Bool", "aws:SecureTransport", "true")],
    ["from another account", onlyIf("StringNotEquals", "aws:SourceAccount", "123456789012")],
    ["from any account", onlyIf("StringLike", "aws:SourceAccount", "*")],
    ["from one account or any", onlyIf("StringLike", "aws:SourceAccount", ["123456789012", "*"])],
    ["without an account", onlyIf("StringEqualsIfExists", "aws:SourceAccount", "123456789012")],
    ["with no value", onlyIf("ForAllValues:StringEquals", "aws:PrincipalArn", "arn:aws:iam::1:x")],
    ["from any account's topic", onlyIf("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:topic")],
    ["from any bucket", onlyIf("ArnLike", "aws:SourceArn", "arn:aws:s3:::*")],
    ["from half an ARN", onlyIf("ArnEquals", "aws:SourceArn", "arn:aws:sns")],
    ["from whoever's tag says so", onlyIf("StringEquals", "aws:userid", "${aws:PrincipalTag/id}")],
    ["from the internet", onlyIf("IpAddress", "aws:SourceIp", "0.0.0.0/0")],
    ["from half the internet", onlyIf("IpAddress", "aws:SourceIp", "0.0.0.0/1")],
    ["from the internet of version 6", onlyIf("IpAddress", "aws:SourceIp", "2000::/3")],
    ["from all of version 6", onlyIf("IpAddress", "aws:SourceIp", ["2001:db8::/32", "::/1"])],
    ["from no address", onlyIf("IpAddress", "aws:SourceIp", " 0.0.0.0/0")],
    ["from no range", onlyIf("IpAddress", "aws:SourceIp", "10.0.0.0/x")],
    ["from a number for an address", onlyIf("IpAddress", "aws:SourceIp", 10)],
    ["from any organization", onlyIf("StringLike", "aws:PrincipalOrgID", "o-*")],
    ["from an empty list", onlyIf("StringEquals", "aws:SourceAccount", [])],
    ["by an ARN of no account", statement({ Principal: { AWS: "arn:aws:iam::*:root" } })],
    ["by two stars", statement({ Principal: { AWS: "**" } })],
    [
      "through a service",
      onlyIf("StringEquals", "kms:ViaService", "s3.eu-central-1.amazonaws.com"),
    ],
    ["from a number", onlyIf("StringEquals", "aws:SourceAccount", 1)],
  ])("is anyone %s", (_, given) => {
    expect(admitsAnyone(given)).toBe(true);
  });

  it.each([
    ["a principal", statement({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })],
    ["a service", statement({ Principal: { Service: "sns.amazonaws.com" } })],
    ["no one", statement({ Effect: "Deny", Principal: "*" })],
    ["an account", onlyIf("StringEquals", "AWS:SourceOwner", "123456789012")],
    ["a caller's account", onlyIf("StringEquals", "kms:CallerAccount", "123456789012")],
    ["an account's topics", onlyIf("ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*")],
    ["a bucket", onlyIf("ArnEquals", "aws:SourceArn", "arn:aws:s3:::uploads")],
    [
      "a part of an organization",
      onlyIf("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2/r-ab12/*"),
    ],
    ["a network", onlyIf("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.0.2.7"])],
    ["a network of version 6", onlyIf("IpAddress", "aws:SourceIp", "2001:db8::/32")],
    ["what is not known yet", onlyIf("StringEquals", "aws:SourceAccount", unknownValue)],
    ["an address that is not known yet", onlyIf("IpAddress", "aws:SourceIp", unknownValue)],
    ["a principal that is not known yet", statement({ Principal: unknownValue })],
  ])("is %s", (_, given) => {
    expect(admitsAnyone(given)).toBe(false);
  });
});

describe("what a statement allows", () => {
  it.each([
    [{ Action: "kms:Decrypt" }, true],
    [{ Action: ["kms:Encrypt", "KMS:decr*"] }, true],
    [{ Action: "*" }, true],
    [{ Action: "kms:Decryp?" }, true],
    [{ NotAction: "iam:*" }, true],
    [{ NotAction: "kms:*" }, false],
    [{ Action: "kms:Encrypt" }, false],
    [{ Action: "xkms:Decrypt" }, false],
    [{}, false],
    [{ Effect: "Deny", Action: "*" }, false],
  ])("is or is not decryption: %j", (part, expected) => {
    expect(allows(statement(part), "kms:Decrypt")).toBe(expected);
  });

  it("takes no character but * and ? for a wildcard", () => {
    expect(covers(["s3:Get.bject"], "s3:GetObject")).toBe(false);
  });
});

describe("a refusal of plain HTTP", () => {
  const refusal = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };

  it.each([
    refusal,
    { ...refusal, Principal: { AWS: "*" }, Action: ["*"] },
    { ...refusal, Condition: { BoolIfExists: { "AWS:SecureTransport": [false] } } },
  ])("is %j", (part) => {
    expect(refusesPlainHttp(statement(part), "s3:*")).toBe(true);
  });

  it.each([
    { ...refusal, Effect: "Allow" },
    { ...refusal, Principal: { AWS: "arn:aws:iam::123456789012:root" } },
    { ...refusal, Action: "s3:GetObject" },
    { ...refusal, Condition: {} },
    { ...refusal, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    { ...refusal, Condition: { Bool: { "aws:ViaAWSService": "false" } } },
    { ...refusal, Condition: { Null: { "aws:SecureTransport": "false" } } },
    {
      ...refusal,
      Condition: { ...refusal.Condition, StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
    {
      ...refusal,
      Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
    },
  ])("is not %j", (part) => {
    expect(refusesPlainHttp(statement(part), "s3:*")).toBe(false);
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? {} : { inner: nested(levels - 1) };
}

describe("a resource's policy", () => {
  const open = { Effect: "Allow", Principal: "*", Action: "sns:Publish" };
  const found = (policy: unknown) =>
    publicStatements(new Subject<{ policy: unknown }>(resource("a:b:C", { policy })), "policy");

  it("is identified by the statement's name, else by its position", () => {
    expect(found({ Statement: [open, { ...open, Sid: "Open" }] })).toEqual([
      { paths: ["policy"], message: "statement number 1 admits anyone" },
      { paths: ["policy"], message: "statement Open admits anyone" },
    ]);
  });

  it.each(["", "no JSON", "{}", 1, { Statement: [{ Effect: "Perhaps" }] }])(
    "is no policy document: %j",
    (policy) => {
      expect(found(policy)).toEqual([{ paths: ["policy"], message: "found no policy document" }]);
    },
  );

  it.each([
    ["larger", { Statement: { ...open, Sid: "x".repeat(200_000) } }],
    ["deeper", { Statement: { ...open, Condition: nested(50) } }],
  ])("is refused if it is %s than AWS takes any", (_, policy) => {
    const message = "found a policy document that is larger or deeper than AWS takes any";
    expect(found(policy)).toEqual([{ paths: ["policy"], message }]);
    expect(found(JSON.stringify(policy))).toEqual([{ paths: ["policy"], message }]);
  });

  it("is refused if it says something twice, of which one would not be read", () => {
    const twice = JSON.stringify({ Statement: open }).replace("}", ',"\\u0045ffect":"Deny"}');
    expect(found(twice)).toEqual([
      { paths: ["policy"], message: "found a policy document that says something twice" },
    ]);
  });

  it("may admit someone", () => {
    const service = { ...open, Principal: { Service: "cloudwatch.amazonaws.com" } };
    expect(found({ Statement: service })).toEqual([]);
  });

  it.each([undefined, null])("may be left out: %j", (policy) => {
    expect(found(policy)).toEqual([]);
  });

  it("may be in its own arguments, and beside it", () => {
    const topic = resource("a:b:Topic", { policy: { Statement: open } }, { name: "topic" });
    const policies = ["topic", "other"].map((name) =>
      resource(
        "a:b:Policy",
        { policy: { Statement: { ...open, Sid: name } } },
        { name: `${name}-policy`, from: { arn: name } },
      ),
    );
    const graph = new PolicyGraph([topic, ...policies]);
    expect(statementsAbout(topic, graph, "a:b:Policy", "arn").map(({ sid }) => sid)).toEqual([
      undefined,
      "topic",
    ]);
  });
});
