import * as cli from "../../../.github/actions/pulumi-cli/cli.json";
import { actionFiles, isOfMain, isTrusted, jobs, steps, workflowFiles } from "./workflows";
import type { Job } from "./workflows";

const titled = (job: Job) => [`${job.file}: ${job.name}`, job] as const;
const trusted = jobs.filter(isTrusted);

/** What a pull request's author has written runs in these, or may. */
const ofPullRequests = jobs.filter(({ on }) => on.includes("pull_request"));

/** A pull request's own environment is made by its own program: the example's README says what that asks for. */
const isPreviewEnvironment = ({ file, environment }: Job) =>
  file.startsWith("examples/preview-environment/") && environment === "preview";

describe("what workflows take from others", () => {
  const uses = [...workflowFiles, ...actionFiles].flatMap(({ file, text }) =>
    [...text.matchAll(/^.*\buses:(.*)$/gm)].map(([, used = ""]) => ({ file, used: used.trim() })),
  );

  it("is this repository's, or one commit of an action, with the version that it is of", () => {
    const loose = uses.filter(
      ({ used }) => !/^(?:\.\/[\w./-]+|[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(used),
    );

    expect(uses.length).toBeGreaterThan(20);
    expect(loose).toEqual([]);
  });

  it("is the same commit of an action everywhere", () => {
    const named = uses.flatMap(({ used }) => /^([\w./-]+)@(.*)$/.exec(used)?.slice(1, 3) ?? []);
    const actions = new Map<string, Set<string>>();
    for (let at = 0; at < named.length; at += 2) {
      const [name = "", commit = ""] = named.slice(at);
      actions.set(name, new Set([...(actions.get(name) ?? []), commit]));
    }

    expect([...actions].filter(([, commits]) => commits.size > 1)).toEqual([]);
  });

  it("leaves no token behind in a checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));

    expect(checkouts.length).toBeGreaterThan(5);
    expect(checkouts.filter((step) => step.with["persist-credentials"] !== false)).toEqual([]);
  });

  it("puts no expression into a script, where its value would be code", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });
});

describe("a hostile pull request", () => {
  it.each(ofPullRequests.map(titled))(
    "gets no secret, environment or right to write: %s",
    (_, job) => {
      expect(isTrusted(job) && !isOfMain(job) && !isPreviewEnvironment(job)).toBe(false);
    },
  );

  it("is never run as the branch that it is for", () => {
    expect(jobs.filter(({ on }) => on.includes("pull_request_target"))).toEqual([]);
  });

  it("gives to what comments on it nothing but data", () => {
    const after = jobs.filter(({ on }) => on.includes("workflow_run"));
    const checkouts = after.flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
    );

    expect(after.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => "ref" in step.with || "repository" in step.with)).toEqual([]);
  });

  it("cannot be a fork's and have an environment of its own", () => {
    const own = ofPullRequests.filter(isPreviewEnvironment);

    expect(own.map(({ condition }) => condition).sort()).toEqual([
      expect.stringContaining("head.repo.full_name == github.repository"),
      expect.stringContaining("head.repo.full_name == github.repository"),
      "github.event_name == 'schedule'",
    ]);
  });
});

describe("a job that is trusted", () => {
  it.each(trusted.map(titled))("runs on main only: %s", (_, job) => {
    const isAfterARun = job.on.length === 1 && job.on[0] === "workflow_run";

    expect(isOfMain(job) || isAfterARun || isPreviewEnvironment(job)).toBe(true);
  });

  it.each(trusted.map(titled))("runs no package's install script: %s", (_, { steps }) => {
    const installs = steps.filter(({ run }) => /\bnpm (?:ci|install)\b|setup/.test(run ?? ""));

    expect(
      installs.filter(({ run }) => !/--ignore-scripts|--no-scripts|--deploy/.test(run ?? "")),
    ).toEqual([]);
  });

  it.each(trusted.map(titled))("gets credentials after all is installed: %s", (_, { steps }) => {
    const credentials = steps.findIndex(({ uses }) => uses?.startsWith("aws-actions/"));
    const installs = steps.slice(credentials + 1).filter(({ uses, run }) => {
      return /pulumi-cli|setup-/.test(uses ?? "") || /npm ci|setup\.mjs/.test(run ?? "");
    });

    expect(credentials === -1 ? [] : installs).toEqual([]);
  });

  it("takes nothing from a cache that others fill", () => {
    const cached = trusted.flatMap(({ steps }) => steps.filter((step) => "cache" in step.with));

    expect(cached).toEqual([]);
  });

  it("gets its permissions one by one: a workflow itself gives none but to read", () => {
    const wide = jobs.filter(
      ({ text }) => !/^permissions:(?: \{\}|\n {2}contents: read)$/m.test(text),
    );

    expect(wide.map(({ file }) => file)).toEqual([]);
  });
});

describe("deployments", () => {
  it("wait behind nothing that could take their place, and are never cut off", () => {
    const own = jobs.filter(({ file }) => file.startsWith(".github/"));
    const withRole = own.filter(({ environment }) => environment?.includes("stack"));
    const groups = withRole.map(({ group }) => group);

    expect(withRole.map(({ cancels }) => cancels)).not.toContain(true);
    expect(groups).not.toContain(undefined);
    expect(new Set(groups).size).toBe(groups.length);
  });

  it("use the one Pulumi CLI whose checksum is pinned", () => {
    const others = [...workflowFiles, ...actionFiles].filter(({ text }) =>
      /pulumi\/actions|pulumi-version|install\.sh/.test(text),
    );
    const unasked = jobs.filter(
      ({ steps }) =>
        steps.some(({ run }) =>
          /^\s*pulumi |npm run (?:--silent )?(?:drift|outputs|rehearse|test:engine)/m.test(
            run ?? "",
          ),
        ) && !steps.some(({ uses }) => uses === "./.github/actions/pulumi-cli"),
    );

    expect(others.map(({ file }) => file)).toEqual([]);
    expect(unasked.map(({ name }) => name)).toEqual([]);
    expect(cli.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(cli.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("are previewed and evaluated before they are made", () => {
    const up = jobs.find(({ file, name }) => file.endsWith("/up.yml") && name === "up");
    const preview = jobs.find(({ file, name }) => file.endsWith("/up.yml") && name === "preview");

    expect(preview?.steps.at(-1)?.run).toContain("pulumi preview");
    expect(preview?.environment).toMatch(/-read$/);
    for (const job of [preview, up]) {
      expect(job?.steps.at(-1)?.run).toContain("--policy-pack bin/policy-pack");
    }
    expect(up?.text).toMatch(/^ {2}up:\n.*\n {4}needs: preview$/m);
  });
});
