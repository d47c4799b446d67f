import * as fs from "node:fs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { checkMarkdown, checkText } from "../../../bin/operations/check-report";
import type { CheckReport } from "../../../bin/operations/check-report";
import { requireReachable } from "../../../bin/operations/check-run";
import { chosenSuites, suitesOf } from "../../../bin/operations/check-suites";
import { reads, writes } from "../../../lib/foundation/check";
import { modules } from "../../../lib/modules";

const stack = (environment: string, isLocal = false) => ({
  isLocal,
  outputs: {
    accountId: "123456789012",
    environment,
    region: "eu-central-1",
    apiEndpoint: "https://api.example/prod",
    deadLetterBucketName: "letters",
    ledgerLambdaName: "ledger",
    reconcileLambdaName: "reconcile",
  },
});

describe("the suites of a check", () => {
  /** What tests packaging and roles, or the local cloud, or needs it; what tests commands is called so. */
  const others = [
    ...["fuzz", "iam", "least-privilege", "hostile-page", "other-users"],
    ...["storefront-iam", "storefront-other-pool"],
  ];
  const local = [
    "faults",
    "functions",
    "ledger-batches",
    "outage",
    "payouts",
    "releases",
    "silent-database",
    "status-shards",
    "storefront-faults",
  ].map((file) => `behaviour/${file}`);

  it("are all of the integration suite but those that concern no deployed stack", () => {
    const files = fs
      .readdirSync("tests/integration", { recursive: true, encoding: "utf8" })
      .flatMap((file) => /^(.*)\.test\.ts$/.exec(file)?.slice(1) ?? [])
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => !/commands?$/.test(file));
    const checked = modules.parts.flatMap(({ checks }) =>
      Object.values(checks).map(({ path }) => path),
    );

    expect([...checked, ...others, ...local].sort()).toEqual(files.sort());
  });

  /** The outputs of a stack with every module. */
  const outputs = Object.fromEntries(
    modules.parts.flatMap((part) => Object.keys(part.outputs)).map((name) => [name, "there"]),
  );

  it("that write to the stack are those that say so, and no others", async () => {
    for (const suite of Object.values(await suitesOf(outputs))) {
      const text = fs.readFileSync(`tests/integration/${suite.path}.test.ts`, "utf8");

      expect({ ...suite, writes: /\b(post|persist|putItem)\(/.test(text) }).toEqual(suite);
    }
  });

  it("have names of their own, the foundation's before those of the modules", async () => {
    const names = modules.parts.flatMap(({ checks }) => Object.keys(checks));

    expect(Object.keys(await suitesOf(outputs))).toEqual(names);
    expect(names.slice(0, 4)).toEqual(["outputs", "network", "monitoring", "database"]);
  });

  it("are none of a module that the stack does not have", async () => {
    expect(Object.keys(await suitesOf({}))).toContain("payments");
    expect(Object.keys(await suitesOf({}))).not.toContain("storefront");
  });
});

describe("the choice of suites", () => {
  const suites = {
    outputs: reads("outputs"),
    network: reads("network"),
    audit: writes("audit"),
    orders: writes("behaviour/orders"),
  };
  const { outputs, network, audit } = suites;
  const reading = { outputs, network };

  it("is those that only read, unless those that write or names are chosen", () => {
    expect(chosenSuites(suites, { writes: false }, stack("dev"))).toEqual(reading);
    expect(chosenSuites(suites, { writes: true }, stack("dev"))).toEqual(suites);
    expect(
      Object.entries(
        chosenSuites(suites, { only: ["audit", "network"], writes: false }, stack("dev")),
      ),
    ).toEqual(Object.entries({ network, audit }));
  });

  it("reports unknown names, and all known ones", () => {
    expect(() =>
      chosenSuites(suites, { only: ["network", "netwrok", ""], writes: false }, stack("dev")),
    ).toThrow(/no suite "netwrok", "".*outputs, network/);
    expect(() => chosenSuites(suites, { only: ["toString"], writes: false }, stack("dev"))).toThrow(
      /no suite "toString"/,
    );
  });

  it.each([{ writes: true }, { only: ["audit"], writes: false }])(
    "makes no payments in prod on AWS: %j",
    (choice) => {
      expect(() => chosenSuites(suites, choice, stack("prod"))).toThrow(/is prod on AWS.*audit/);
      expect(chosenSuites(suites, choice, stack("prod", true))).toHaveProperty("audit");
    },
  );

  it("reads in prod, too", () => {
    expect(chosenSuites(suites, { writes: false }, stack("prod"))).toEqual(reading);
  });
});

describe("before a check", () => {
  const lambda = mockClient(LambdaClient);
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  const target = {
    ...stack("prod"),
    endpoint: undefined,
    lambda: new LambdaClient({ region: "eu-central-1", credentials }),
    s3: new S3Client({ region: "eu-central-1" }),
  };
  const api = jest.spyOn(globalThis, "fetch");

  beforeEach(() => {
    lambda.reset();
    lambda.on(GetFunctionConfigurationCommand).resolves({});
    api.mockReset();
  });
  afterAll(() => {
    api.mockRestore();
  });

  it.each([200, 503])(
    "an API that responds with %i is enough: the checks report more",
    async (status) => {
      api.mockResolvedValue(new Response("{}", { status }));

      await expect(requireReachable(target)).resolves.toBeUndefined();
    },
  );

  it("credentials that the API refuses are reported once", async () => {
    api.mockResolvedValue(new Response("{}", { status: 403 }));

    await expect(requireReachable(target)).rejects.toThrow(/responds with 403: these credentials/);
  });

  it("credentials that have expired are reported, with the account of the outputs", async () => {
    const expired = Object.assign(new Error("The security token is expired"), {
      name: "ExpiredTokenException",
      $metadata: {},
    });
    lambda.on(GetFunctionConfigurationCommand).rejects(expired);

    await expect(requireReachable(target)).rejects.toThrow(
      /ExpiredTokenException.*[^]*123456789012/,
    );
    expect(api).not.toHaveBeenCalled();
  });

  it("an API that does not respond is reported", async () => {
    api.mockRejectedValue(Object.assign(new Error("no"), { code: "ENOTFOUND" }));

    await expect(requireReachable(target)).rejects.toThrow("does not respond (ENOTFOUND)");
  });
});

const report: CheckReport = {
  environment: "dev",
  accountId: "123456789012",
  region: "eu-central-1",
  apiEndpoint: "https://api.example/dev",
  startedAt: "2026-01-31T12:00:00.000Z",
  seconds: 12.34,
  suites: [
    { suite: "outputs", passed: 3, failed: 0, skipped: 1, seconds: 0.51, failures: [] },
    {
      suite: "network",
      passed: 4,
      failed: 1,
      skipped: 0,
      seconds: 1.2,
      failures: [{ test: "the network is the VPC", message: ['Expected: "a"', 'Received: "b"'] }],
    },
  ],
  skipped: ["payments", "audit"],
};

describe("a check's report", () => {
  it.each([
    ["for a terminal", checkText],
    ["as Markdown", checkMarkdown],
  ])("has stack, suites, failures and totals %s", (_, written) => {
    const text = written(report);

    expect(text).toContain("dev in account 123456789012, eu-central-1: https://api.example/dev");
    expect(text).toMatch(/network +[│|] +4 [│|] +1 [│|] +0 [│|] +1\.2 [│|]/);
    expect(text).toMatch(/network(\*\*)?: the network is the VPC/);
    expect(text).toContain('Received: "b"');
    expect(text).toContain("7 passed, 1 failed, 1 skipped in 12.3 s.");
    expect(text).toContain("payments, audit (--payments)");
  });

  it("says in its title how it ended, and when it began", () => {
    const passed = { ...report, suites: report.suites.slice(0, 1) };

    expect(checkMarkdown(report)).toMatch(/^## Checks of dev: failed\n[^]*2026-01-31T12:00/);
    expect(checkMarkdown(passed)).toMatch(/^## Checks of dev: passed\n/);
  });
});
