import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { audit, formatReport, jsonReport, readState, sarifReport } from "../../../lib/policy";
import { PolicyGraph } from "../../../lib/policy/policy-graph";
import { securityGroupTypes } from "../../../lib/policy/traffic";
import { resource } from "./rule-cases";

/** What each of these may take, on a machine that does much else besides. */
const limit = 10_000;

const took = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const written = (graph: PolicyGraph) => () => {
  const report = audit(graph);
  expect(report.findings.length).toBeGreaterThan(0);
  for (const text of [
    formatReport(report),
    jsonReport(report),
    sarifReport(report, "state.json"),
  ]) {
    expect(text).not.toBe("");
  }
};

describe("what is made to be slow", () => {
  it.each([
    [
      "20,000 resources that belong together by fours",
      () =>
        many(5_000, (i) => {
          const from = { bucket: `bucket-${String(i)}` };
          const part = (kind: string, properties = {}) =>
            resource(`aws:s3/bucket${kind}:Bucket${kind}`, properties, {
              name: `${kind}-${String(i)}`,
              from,
            });
          return [
            resource("aws:s3/bucket:Bucket", {}, { name: from.bucket }),
            part("Policy", { policy: '{"Statement":[]}' }),
            part("PublicAccessBlock", { blockPublicAcls: true }),
            part("Versioning"),
          ];
        }).flat(),
    ],
    [
      "10,000 functions and log groups",
      () =>
        many(5_000, (i) => [
          resource("aws:lambda/function:Function", { name: `f${String(i)}` }),
          resource("aws:cloudwatch/logGroup:LogGroup", { name: `/aws/lambda/f${String(i)}` }),
        ]).flat(),
    ],
    [
      "10,000 tables and scaling targets",
      () =>
        many(5_000, (i) => [
          resource("aws:dynamodb/table:Table", {
            name: `t${String(i)}`,
            billingMode: "PROVISIONED",
          }),
          resource("aws:appautoscaling/target:Target", { resourceId: `table/x${String(i)}` }),
        ]).flat(),
    ],
    [
      "10,000 stages and settings of APIs made elsewhere",
      () =>
        many(5_000, (i) => {
          const properties = { restApi: `api-${String(i)}`, stageName: "prod" };
          return [
            resource("aws:apigateway/stage:Stage", properties),
            resource("aws:apigateway/methodSettings:MethodSettings", properties),
          ];
        }).flat(),
    ],
    [
      "10,000 rules of one security group",
      () => [
        resource(securityGroupTypes.group, {}, { name: "group" }),
        ...many(10_000, (i) =>
          resource(
            securityGroupTypes.ingressRule,
            {
              ipProtocol: "tcp",
              fromPort: i,
              toPort: 60_000,
              cidrIpv4: `17.${String(i % 200)}.0.0/16`,
            },
            { name: `rule-${String(i)}`, from: { securityGroupId: "group" } },
          ),
        ),
      ],
    ],
    [
      "10,000 types that no rule knows",
      () => many(10_000, (i) => resource(`aws:x/y${String(i)}:Y`, {})),
    ],
    [
      "a name of a megabyte",
      () => [resource("aws:s3/bucket:Bucket", {}, { name: "x".repeat(2 ** 20) })],
    ],
    [
      "an API's body in YAML that is as large as it may be",
      () => {
        const paths = many(5_500, (i) => `  /p${String(i)}:\n    get:\n      security: [{}]\n`);
        return [
          resource("aws:apigateway/restApi:RestApi", {
            body: `paths:\n${paths.join("")}`.slice(0, 256 * 1024),
          }),
        ];
      },
    ],
    [
      "an API's body that is nested without end",
      () => [resource("aws:apigateway/restApi:RestApi", { body: "[".repeat(200_000) })],
    ],
    [
      "an API's body in which a few lines of YAML mean millions",
      () => {
        const lines = ["a: &a [x,x,x,x,x,x,x,x,x]"];
        for (const [i, name] of Array.from("bcdefghij").entries()) {
          const last = `*${String("abcdefghij"[i])}`;
          lines.push(`${name}: &${name} [${many(9, () => last).join(",")}]`);
        }
        return [resource("aws:apigateway/restApi:RestApi", { body: lines.join("\n") })];
      },
    ],
  ])("is evaluated in seconds: %s", (_, resources) => {
    expect(took(written(new PolicyGraph(resources())))).toBeLessThan(limit);
  });

  it("is refused where arguments are nested without end or within themselves", () => {
    const endless: Record<string, unknown> = {};
    endless["self"] = [endless, endless];
    const refusal =
      /urn:test::subject cannot be evaluated: its arguments are nested more than 200 deep/;
    expect(() => new PolicyGraph([resource("aws:s3/bucket:Bucket", { endless })])).toThrow(refusal);
    expect(() => new PolicyGraph([resource("aws:s3/bucket:Bucket", nested(100_000))])).toThrow(
      refusal,
    );
    expect(() => new PolicyGraph([resource("aws:s3/bucket:Bucket", nested(100))])).not.toThrow();
  });
});

describe("a state that is made to be slow", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "large-state-"));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const state = (inputs: string, name = "data") => {
    const file = path.join(folder, "state.json");
    const urn = JSON.stringify(`urn:pulumi:prod::shop::aws:s3/bucket:Bucket::${name}`);
    fs.writeFileSync(
      file,
      `{"version":3,"deployment":{"resources":[{"urn":${urn},"type":"aws:s3/bucket:Bucket","custom":true,"inputs":${inputs}}]}}`,
    );
    return file;
  };

  it.each([
    ["ten megabytes of arguments", () => state(JSON.stringify({ tags: "x".repeat(10 * 2 ** 20) }))],
    ["a name of a megabyte of colons", () => state("{}", `${"x::".repeat(2 ** 18)}\n`)],
  ])("is evaluated in seconds: %s", (_, file) => {
    expect(took(() => audit(readState(file())))).toBeLessThan(limit);
  });

  it("is refused where it is nested without end", () => {
    const inputs = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(() => readState(state(inputs))).toThrow(
      /::data cannot be evaluated: .* more than 200 deep/,
    );
  });
});

/** Arguments in arguments. */
function nested(depth: number): Record<string, unknown> {
  let inner: Record<string, unknown> = {};
  for (let i = 0; i < depth; i += 1) inner = { inner };
  return inner;
}
