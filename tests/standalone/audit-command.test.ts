import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Log } from "sarif";
import * as z from "zod";
import { ruleIds } from "../../lib/policy/audit";
import { runCommand, runHere } from "../run-command";
import type { Ended } from "../run-command";

jest.setTimeout(600_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "audit-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const inFolder = (name: string) => path.join(folder, name);
const file = (name: string, content: string): string => {
  fs.writeFileSync(inFolder(name), content);
  return inFolder(name);
};

const urn = (type: string, name: string, project = "shop", stack = "dev") =>
  `urn:pulumi:${stack}::${project}::${type}::${name}`;
const bucket = "aws:s3/bucket:Bucket";
const exported = (resources: readonly unknown[], version = 3) =>
  JSON.stringify({ version, deployment: { resources } });
const table = (project: string, name: string) => ({
  urn: urn("aws:dynamodb/table:Table", name, project),
  type: "aws:dynamodb/table:Table",
  custom: true,
  inputs: { billingMode: "PAY_PER_REQUEST" },
});
const openBucket = exported([
  {
    urn: urn(bucket, "receipts"),
    type: bucket,
    custom: true,
    inputs: { bucket: "receipts", acl: "public-read" },
  },
]);
const unknownType = exported([
  { urn: urn("aws:batch/jobQueue:JobQueue", "nightly"), type: "aws:batch/jobQueue:JobQueue" },
]);
const cluster = exported([
  {
    urn: urn("kubernetes:apps/v1:Deployment", "web"),
    type: "kubernetes:apps/v1:Deployment",
    custom: true,
  },
]);
const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
const suppressions = (entry: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    suppressions: [
      {
        rule: "Types.1",
        resources: ["nightly"],
        reason: "Reviewed by hand: the queue holds no payments.",
        expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
        ...entry,
      },
    ],
  });

/** Runs that do their work, whatever they find. */
const lists = {
  "prod in JSON": ["--stack", "prod", "--json"],
  "dev in SARIF": ["--stack", "dev", "--sarif", "--output", inFolder("dev.sarif")],
  "an open bucket": ["--state", file("open.json", openBucket)],
  "an open bucket in SARIF": ["--state", inFolder("open.json"), "--sarif"],
  "an unknown type": ["--state", file("unknown.json", unknownType)],
  "an unknown type, suppressed": [
    ...["--state", inFolder("unknown.json")],
    ...["--suppressions", file("accepted.yaml", suppressions({}))],
  ],
  "an unknown type, suppressed until 2020": [
    ...["--state", inFolder("unknown.json")],
    ...["--suppressions", file("expired.yaml", suppressions({ expires: "2020-12-31" }))],
  ],
  "another program's dev": ["--state", file("theirs.json", exported([table("shop", "orders")]))],
  "this program's dev": ["--state", file("ours.json", exported([table("payments", "orders")]))],
  "another provider's resource": ["--state", file("cluster.json", cluster)],
  help: ["--help"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Wrong usage and unreadable input, with the expected message. */
const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["a cut-off state", ["--state", file("cut.json", openBucket.slice(0, 90))], /cut\.json.*cut off/],
  ["a state that is no JSON", ["--state", file("state.yaml", "version: 3")], /is not JSON/],
  ["another version", ["--state", file("v2.json", exported([], 2))], /version 2 .*allowed: 3, 4/],
  [
    "a state of Terraform",
    [
      "--state",
      file("terraform.tfstate", '{"version":4,"terraform_version":"1.9.0","resources":[]}'),
    ],
    /terraform\.tfstate is not the export of a stack.*pulumi stack export/,
  ],
  ["a state that is not there", ["--state", "not/there.json"], /not\/there\.json cannot be read/],
  [
    "a suppression of a rule that there is not",
    ["--suppressions", file("stranger.yaml", suppressions({ rule: "S3.99" }))],
    /stranger\.yaml suppresses rules that do not exist: S3\.99\. Rules: ACM\./,
  ],
  [
    "a suppression without an end",
    ["--suppressions", file("endless.yaml", suppressions({ expires: undefined }))],
    /endless\.yaml holds no usable suppressions:.*suppressions\[0\]\.expires/s,
  ],
  [
    "a suppression without an end worth the name",
    ["--suppressions", file("eternal.yaml", suppressions({ expires: "9999-12-31" }))],
    /eternal\.yaml suppresses for longer than a year: Types\.1 until 9999-12-31\. The last day allowed today is 20/,
  ],
  [
    "a state that is nested without end",
    [
      "--state",
      file(
        "deep.json",
        openBucket.replace('"public-read"', () => deep),
      ),
    ],
    /receipts cannot be evaluated: its arguments are nested more than 200 deep/,
  ],
  ["JSON of all stacks", ["--json"], /add --stack or --state/],
  ["an unknown stack", ["--stack", "test"], /there is no stack test.*Stacks: .*prod/],
  ["an unknown environment", ["--environment", "test"], /Allowed choices are dev, staging, prod/],
  [
    "an output that cannot be written",
    ["--state", inFolder("open.json"), "--output", inFolder("no/folder.txt")],
    /folder\.txt cannot be written/,
  ],
];

const ended = new Map<string, Ended>();
beforeAll(async () => {
  ended.set("all stacks", await runCommand("audit", []));
  for (const [what, args] of [...Object.entries(lists), ...refused])
    ended.set(what, await runHere("audit", args));
});

function run(what: string): Ended {
  const result = ended.get(what);
  if (result === undefined) throw new Error(`${what} did not run`);
  return result;
}

describe("npm run audit", () => {
  it("prints its help, and ends with 0", () => {
    const { code, stdout } = run("help");

    expect(code).toBe(0);
    expect(stdout).toContain("Usage: npm run audit --");
    expect(stdout).toContain("Exit code: 0");
  });

  it("passes all stacks, with a line for each, without colours in a pipe", () => {
    const { code, stdout, stderr } = run("all stacks");

    expect(stderr).toBe("");
    for (const stack of ["dev", "staging", "prod"]) {
      expect(stdout).toMatch(
        new RegExp(
          `^${stack}: passed; \\d{3} resources, \\d+ rules with something to look at, `,
          "m",
        ),
      );
    }
    expect(stdout).not.toContain("\u001b");
    expect(code).toBe(0);
  });

  it("prints JSON", () => {
    const { code, stdout } = run("prod in JSON");
    const { rules, ...report } = z
      .looseObject({ rules: z.array(z.object({ id: z.string() })) })
      .parse(JSON.parse(stdout));

    expect(report).toMatchObject({ environment: "prod", passed: true, notEvaluated: [] });
    expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(["RDS.3", "S3.5", "KMS.4"]));
    expect(code).toBe(0);
  });

  it("prints SARIF for code scanning, with suppressions", () => {
    const { code, stdout } = run("dev in SARIF");
    const { results, rules } = sarif(fs.readFileSync(inFolder("dev.sarif"), "utf8"));

    expect(stdout).toBe("");
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex = -1, message, level, suppressions: accepted } of results) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      expect(message.text).not.toBe("");
      expect(["error", "warning", "note"]).toContain(level);
      expect(accepted).toHaveLength(1);
    }
    expect(code).toBe(0);
  });
});

describe("npm run audit -- --state", () => {
  it("names rule, resource and argument, worst first, and ends with 1", () => {
    const { code, stdout, stderr } = run("an open bucket");

    expect(code).toBe(1);
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^✗ S3\.2 .* \(critical, PCI DSS 1\.4\.4\)\n {4}receipts .*: acl: found public-read\n {4}→ /,
    );
    expect(stdout).toMatch(/\nprod: failed with \d+ violations; 1 resource, /);
    expect(stdout).not.toContain("\u001b");
  });

  it("reports the same in SARIF, at the state's file", () => {
    const { code, stdout } = run("an open bucket in SARIF");
    const found = sarif(stdout).results.find(({ ruleId }) => ruleId === "S3.2");

    expect(code).toBe(1);
    expect(found).toMatchObject({
      level: "error",
      suppressions: [],
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: inFolder("open.json") } },
          logicalLocations: [{ fullyQualifiedName: urn(bucket, "receipts") }],
        },
      ],
    });
  });

  it("lets no resource pass that no rule knows", () => {
    const { code, stdout } = run("an unknown type");

    expect(code).toBe(1);
    expect(stdout).toContain("✗ Types.1");
    expect(stdout).toContain("no rule knows aws:batch/jobQueue:JobQueue");
  });

  it("reports what it did not evaluate, and ends with 0 for it", () => {
    const { code, stdout } = run("another provider's resource");

    expect(code).toBe(0);
    expect(stdout).toMatch(/kubernetes:apps\/v1:Deployment: 1 resource\n/);
    expect(stdout).toMatch(
      /\nprod: passed as far as it was evaluated; .*; not evaluated: 1 resource without rules\n$/,
    );
  });

  it("accepts a suppression until it ends", () => {
    const accepted = run("an unknown type, suppressed");
    const expired = run("an unknown type, suppressed until 2020");

    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toBe(
      "prod: passed; 1 resource, 1 rule with something to look at, 1 accepted\n",
    );
    expect(expired.code).toBe(1);
    expect(expired.stdout).toContain("its suppression expired on 2020-12-31");
  });

  it("evaluates another program's stack as prod, and this program's as its file says", () => {
    const theirs = run("another program's dev").stdout;
    const ours = run("this program's dev").stdout;

    expect(theirs).toMatch(/\nprod: failed/);
    // this program's suppressions are not of theirs
    expect(theirs).not.toContain("payments-");
    expect(ours).toMatch(/\ndev: failed/);
    expect(ours).toContain("! the suppression of RDS.23 for payments-database-instance");
  });
});

describe("npm run audit refuses", () => {
  it.each(refused)("%s, in one message, and ends with 2", (what, _args, message) => {
    const { code, stdout, stderr } = run(what);

    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });
});

/** The only run of a SARIF log that has all that the format demands. */
function sarif(text: string) {
  const log = JSON.parse(text) as Log;
  const [only, ...more] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(more).toEqual([]);
  const rules = only?.tool.driver.rules ?? [];
  expect(only?.tool.driver.name).toBe("payment-stack audit");
  expect(ruleIds).toEqual(expect.arrayContaining(rules.map(({ id }) => id)));
  return { rules, results: only?.results ?? [] };
}
