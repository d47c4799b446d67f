import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import type * as Program from "../../../examples/preview-environment";
import { expectRegisteredAsDocumented, recordExample, violations } from "./example";

const config = { expiresOn: "2027-01-31" };
const load = (options: { stack?: string; config?: Record<string, string> }) =>
  recordExample<typeof Program>("preview-environment", { stack: "pr-42", config, ...options });

describe("a preview that cannot be", () => {
  it.each(["prod", "pr-", "pr-0", "pr-42-b", "my-pr-42"])(
    "is refused for the stack %s, with what a stack's name has to be",
    async (stack) => {
      await expect(load({ stack })).rejects.toThrow(
        `found the stack ${stack}; a preview's is named after its pull request: pr-42`,
      );
    },
  );

  it("requires the day on which it expires", async () => {
    await expect(load({ config: {} })).rejects.toThrow(
      "Missing required configuration variable 'payments-preview:expiresOn'",
    );
    await expect(load({ config: { expiresOn: "soon" } })).rejects.toThrow(
      "expiresOn: found soon; allowed: a day such as 2027-01-31",
    );
  });
});

describe("a preview environment", () => {
  let graph: ProgramGraph<typeof Program>;
  beforeAll(async () => {
    graph = await load({});
  });

  it("registers as many resources as its README says", () => {
    expectRegisteredAsDocumented("preview-environment", graph);
  });

  it("has its pull request and its last day in every tag", () => {
    const tagged = graph.resources.filter(({ inputs }) => "tags" in inputs);

    expect(tagged.length).toBeGreaterThan(60);
    for (const { name, inputs } of tagged) {
      expect([name, inputs["tags"]]).toEqual([
        name,
        expect.objectContaining({
          Environment: "dev",
          PullRequest: "42",
          ExpiresOn: "2027-01-31",
        }) as unknown,
      ]);
    }
    expect(graph.result.expiresOn).toBe("2027-01-31");
  });

  it("can be destroyed without a trace", () => {
    const instance = graph.one("aws:rds/instance:Instance").inputs;

    expect(graph.resources.filter((one) => one.protect || one.retainOnDelete)).toEqual([]);
    expect(instance).toMatchObject({ deletionProtection: false, skipFinalSnapshot: true });
    for (const { name, inputs } of graph.ofType("aws:s3/bucket:Bucket")) {
      expect([name, inputs["forceDestroy"]]).toEqual([name, true]);
    }
  });

  it("is small, and takes nothing that the account's other environments share", () => {
    expect(graph.one("aws:rds/instance:Instance").inputs).toMatchObject({
      instanceClass: "db.t4g.micro",
      multiAz: false,
      backupRetentionPeriod: 1,
    });
    for (const type of [
      "aws:ec2/natGateway:NatGateway",
      "aws:wafv2/webAcl:WebAcl",
      "aws:apigateway/account:Account",
      "aws:apigateway/domainName:DomainName",
    ]) {
      expect([type, graph.ofType(type)]).toEqual([type, []]);
    }
    for (const { name, inputs } of graph.ofType("aws:lambda/function:Function")) {
      expect([name, inputs["reservedConcurrentExecutions"] ?? -1]).toEqual([name, -1]);
    }
  });

  it("has names of its own", async () => {
    expect(
      graph.one("aws:dynamodb/table:Table", "payments-table-transactions").inputs["name"],
    ).toBe("payments-dev-transactions-pr-42");
    expect(await valueOf(graph.result.apiEndpoint)).toMatch(/^https:/);
  });

  it("passes the security rules", () => {
    expect(violations(graph, "dev")).toBe("");
  });
});

describe("its workflow", () => {
  interface Step {
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  interface Workflow {
    readonly on: { readonly pull_request: { readonly types: readonly string[] } };
    readonly jobs: Readonly<
      Record<string, { readonly if: string; readonly concurrency: string; readonly steps: Step[] }>
    >;
  }
  const file = path.resolve(__dirname, "../../../examples/preview-environment/pull-request.yml");
  const { on, jobs } = parse(fs.readFileSync(file, "utf8")) as Workflow;
  const pulumi = (job: string) =>
    jobs[job]?.steps.find(({ run }) => (run ?? "").startsWith("pulumi "));

  it("brings the environment up with every commit, and destroys and removes it when the pull request is closed", () => {
    expect(on.pull_request.types).toEqual(["opened", "reopened", "synchronize", "closed"]);
    expect(pulumi("up")?.run).toMatch(
      /^pulumi stack select --create "\$STACK"\n.*\npulumi up --yes/s,
    );
    expect(pulumi("down")?.run).toMatch(/^pulumi destroy --yes .*--remove --stack "\$STACK"$/);
    expect(jobs["up"]?.if).toContain("github.event.action != 'closed'");
    expect(jobs["down"]?.if).toContain("github.event.action == 'closed'");
  });

  it("names the stack as the program wants it, one deployment of it at a time", () => {
    for (const job of ["up", "down"]) {
      expect(pulumi(job)?.env?.["STACK"]).toBe("pr-${{ github.event.number }}");
      expect(jobs[job]?.concurrency).toBe("preview-${{ github.event.number }}");
    }
    expect(pulumi("up")?.run).toContain("pulumi config set expiresOn ");
  });

  it("gives no credentials to a fork's pull request", () => {
    for (const job of ["up", "down"]) {
      expect(jobs[job]?.if).toContain(
        "github.event.pull_request.head.repo.full_name == github.repository",
      );
    }
  });
});
