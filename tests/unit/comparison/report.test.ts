import { modules } from "../../../lib/modules";
import { compareGraphs } from "../../../lib/comparison/compare";
import { markdownReport } from "../../../lib/comparison/report/markdown";
import { shortened } from "../../../lib/comparison/report/shorten";
import { textReport } from "../../../lib/comparison/report/text";
import { graph, prod, resource } from "./stack-graphs";

const gateway = resource({
  type: "aws:ec2/natGateway:NatGateway",
  name: "gateway",
  inputs: { to: "edge" },
});
const topic = resource({ type: "aws:sns/topic:Topic", name: "topic" });
const bucket = (acl: string, protect: boolean) => resource({ inputs: { acl }, protect });

const ofStacks = compareGraphs(
  graph([bucket("private", false), topic]),
  graph([bucket("public", true), gateway], prod),
  modules.differences,
);
const explained = compareGraphs(
  graph([bucket("x", false)]),
  graph([bucket("x", true)], prod),
  modules.differences,
);
const ofVersions = compareGraphs(
  graph([bucket("private", false), topic]),
  graph([bucket("public", false), gateway]),
  "versions",
);
const same = compareGraphs(graph([topic]), graph([topic]), "versions");

it("shows what would be a line of its own, or move the terminal, where it stands in a name or a value", () => {
  const name = "audit\n+ forged\u001b[2J";
  const forging = compareGraphs(
    graph([resource({ name, inputs: { [name]: "a\u009b" } })]),
    graph([resource({ name, inputs: { [name]: "b\u009b" } })]),
    "versions",
  );

  for (const text of [textReport(forging), markdownReport(forging)]) {
    expect(text).toContain("audit\\u000a+ forged\\u001b[2J");
    expect(text).toContain("b\\u009b");
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  }
});

describe("the comparison as text", () => {
  it("reports what differs between stacks and why, or that nothing explains it", () => {
    expect(textReport(ofStacks).split("\n")).toEqual([
      "~ audit aws:s3/bucket:Bucket",
      `    acl: "private" → "public" ✗ nothing explains this`,
      "    protect: false → true (protection.enabled)",
      "- topic aws:sns/topic:Topic ✗ nothing explains this",
      "+ gateway aws:ec2/natGateway:NatGateway (network.natGateways)",
      "",
      "What may differ, and why:",
      expect.stringMatching(/^ {2}protection.enabled: what holds data/),
      expect.stringMatching(/^ {2}network.natGateways: one, or one/),
      "",
      "dev → prod: 1 added, 1 removed, 1 changed, 0 the same; 2 resources with differences that nothing explains",
    ]);
  });

  it("asks for no reasons between versions", () => {
    expect(textReport(ofVersions).split("\n")).toEqual([
      "~ audit aws:s3/bucket:Bucket",
      `    acl: "private" → "public"`,
      "- topic aws:sns/topic:Topic",
      "+ gateway aws:ec2/natGateway:NatGateway",
      "",
      "dev: 1 added, 1 removed, 1 changed, 0 the same",
    ]);
  });

  it("has the arguments of what was added or removed with verbose", () => {
    const text = textReport(ofVersions, { verbose: true });

    expect(text).toContain(`+ gateway aws:ec2/natGateway:NatGateway\n    to: – → "edge"`);
    expect(text).toContain("- topic aws:sns/topic:Topic\n    protect: false → –");
  });

  it("says when all is explained, and when all is the same", () => {
    expect(textReport(explained)).toContain(
      "dev → prod: 0 added, 0 removed, 1 changed, 0 the same; all of it explained",
    );
    expect(textReport(same)).toBe("dev: no difference in 1 resource");
  });

  it("sends a terminal no sequence that a name or a value has in it", () => {
    const text = textReport(
      compareGraphs(
        graph([resource({ name: "a\u001b[2K\r", inputs: { b: "\u009b1A" } })]),
        graph([resource({ name: "a\u001b[2K\r", inputs: { b: "", "\u001b]8;;": "" } })]),
        "versions",
      ),
    );

    expect(text).toContain("~ a\\u001b[2K\\u000d aws:s3/bucket:Bucket");
    expect(text).toContain('b: "\\u009b1A" → ""');
    for (const control of ["\u001b", "\u009b", "\r"]) expect(text).not.toContain(control);
  });

  it("is coloured only with colours on", () => {
    expect(textReport(ofStacks)).not.toContain("\u001b");
    expect(textReport(ofStacks, { colors: true })).toContain("\u001b[31m");
  });
});

describe("the comparison as Markdown", () => {
  it("has a block of before and after for each resource", () => {
    const text = markdownReport(ofVersions);

    expect(text).toContain("### `dev`: 1 added, 1 removed, 1 changed, 0 the same\n");
    expect(text).toContain(
      '✏️ changed `audit` `aws:s3/bucket:Bucket`\n\n```diff\n- acl: "private"\n+ acl: "public"\n```\n',
    );
    expect(text).toContain(
      "➖ removed `topic` `aws:sns/topic:Topic`\n\n```diff\n- protect: false\n",
    );
    expect(text).toContain(
      '➕ added `gateway` `aws:ec2/natGateway:NatGateway`\n\n```diff\n+ to: "edge"\n',
    );
    expect(text).not.toContain("explains");
  });

  it("names the settings from which differences of stacks follow", () => {
    const text = markdownReport(ofStacks);

    expect(text).toContain("+ protect: true  # protection.enabled\n");
    expect(text).toContain('+ acl: "public"  # nothing explains this\n');
    expect(text).toContain("➖ removed `topic` `aws:sns/topic:Topic`: nothing explains this\n");
    expect(text).toContain(
      "➕ added `gateway` `aws:ec2/natGateway:NatGateway`: network.natGateways\n",
    );
    expect(text).toContain("- `protection.enabled`: what holds data");
  });

  it("is one line when all is the same", () => {
    expect(markdownReport(same)).toBe("### `dev`: no difference in 1 resource\n");
  });

  it("cannot be broken out of by a value or a name", () => {
    const text = markdownReport(
      compareGraphs(
        graph([]),
        graph([resource({ name: "a`b", inputs: { text: "````\n</details> @team" } })]),
        "versions",
      ),
    );

    expect(text).toContain("`` a`b ``");
    expect(text).toContain("`````diff\n");
    expect(text).toContain('+ text: "````\\n</details> @team"\n');
  });

  it("lets no name or argument begin a line of its own, and hides no character", () => {
    const name = "x`\n\n# Approved by @team\n\n![](https://example.com/pixel) <b>";
    const text = markdownReport(
      compareGraphs(
        graph([]),
        graph([
          resource({ name, type: "", inputs: { "a\n+ b": "\u202etxt.exe\u2028" } }),
          resource({ name: "\u200bpayments" }),
        ]),
        "versions",
      ),
    );

    expect(text).toContain(
      '`` x`\\u000a\\u000a# Approved by @team\\u000a\\u000a![](https://example.com/pixel) <b> `` `""`',
    );
    expect(text).toContain('+ a\\u000a+ b: "\\u202etxt.exe\\u2028"\n');
    expect(text).toContain("`\\u200bpayments`");
  });

  it("fits into a comment, and counts what does not", () => {
    const many = Array.from({ length: 600 }, (_, index) => resource({ name: `r${String(index)}` }));
    const text = markdownReport(compareGraphs(graph([]), graph(many), "versions"));

    expect(text.length).toBeLessThan(20_500);
    const shown = text.match(/➕/g)?.length ?? 0;
    expect(text).toContain(`… and ${String(600 - shown)} more; \`npm run diff\` shows them all.`);
  });
});

describe("long values", () => {
  const long = "x".repeat(200);

  it("are shown from shortly before the place where they differ", () => {
    const [before, after] = shortened(`${long}A${long}`, `${long}B${long}`);

    expect(before).toBe(`…${"x".repeat(30)}A${"x".repeat(89)}…`);
    expect(after).toBe(`…${"x".repeat(30)}B${"x".repeat(89)}…`);
  });

  it("are shown to their end, and a short one whole, beside a long one", () => {
    expect(shortened(long, `${long}B`)).toEqual([`…${"x".repeat(30)}`, `…${"x".repeat(30)}B`]);
    expect(shortened("–", long)[0]).toBe("–");
  });

  it("are unchanged when they are not long", () => {
    expect(shortened("a", "b")).toEqual(["a", "b"]);
  });
});
