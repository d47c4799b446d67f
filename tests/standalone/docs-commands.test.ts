import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { refusalByAws } from "../documents/aws-cli";
import { mistakeIn } from "../documents/cloud-commands";
import { isPlaceholder, needsAddedModule, ownCommand, refusalOf } from "../documents/own-commands";
import { codeOf, pages } from "../documents/pages";
import type { Code } from "../documents/pages";
import { commandsOf } from "../documents/shell";
import type { Words } from "../documents/shell";
import { isTested, offline } from "../documents/tested";
import { runHere } from "../run-command";

jest.setTimeout(600_000);

/** Commands that nothing here can try. */
const cloudTools = ["aws", "pulumi", "gh"];

/** Of every machine, or functions that a page defines. */
const ordinaryTools = [
  "cd",
  "curl",
  "cp",
  "date",
  "export",
  "git",
  "grep",
  "head",
  "jq",
  "sort",
  "uniq",
];
const definedTools = ["ago", "errors", "out", "requests"];

/** What npm has itself. */
const npmCommands = ["ci", "install", "pack"];

const written = (words: Words) => words.join(" ");

async function problemOf(words: Words, { page, needsAws }: Code): Promise<string | undefined> {
  const [tool = "", first = ""] = words;
  const own = ownCommand(words);
  if (own !== undefined) {
    const refusal = await refusalOf(own, page);
    return refusal ?? (needsAws || isTested(own.name) ? undefined : "no test runs it");
  }
  const isSetUp = tool === "pulumi" && first === "config";
  if (cloudTools.includes(tool) && !needsAws && !isSetUp)
    return "the text above it does not say that it needs AWS";
  const isKnown =
    [...cloudTools, ...ordinaryTools, ...definedTools].includes(tool) ||
    (tool === "npm" && npmCommands.includes(first));
  if (!isKnown) return "what is it? Add it to the tools of this test";
  return mistakeIn(words, page) ?? (tool === "aws" ? refusalByAws(words) : undefined);
}

/** Code that holds commands: blocks, and what the text mentions of the project's own. */
const isScript = ({ language, text }: Code) =>
  language === "sh" ||
  (language === undefined &&
    /^(?:npm (?:run|test)|node bin\/cli|aws [a-z\d-]+ [a-z])\b/.test(text));

const scripts = pages
  .map((page) => ({ page, codes: codeOf(page).filter(isScript) }))
  .filter(({ codes }) => codes.length > 0);

describe("the documentation's commands", () => {
  it.each(scripts)(
    "are such as the project takes, and run by a test or marked as needing AWS: $page",
    async ({ codes }) => {
      const problems: string[] = [];
      for (const code of codes)
        for (const words of commandsOf(code.text)) {
          const problem = await problemOf(words, code);
          if (problem !== undefined)
            problems.push(`${code.page}:${String(code.line)} ${written(words)}: ${problem}`);
        }

      expect(problems).toEqual([]);
    },
  );

  it.each([
    ["npm run nothing", "has no such script"],
    ["npm run diff -- dev prod --sideways", "unknown option '--sideways'"],
    ["npm run diff -- dev tomorrow", "no stack tomorrow"],
    ["npm run cost -- --with all,mall", "no optional module mall"],
    ["npm run diff -- prod --base not/there.json", "no not/there.json"],
    ["npm run lint -- --fix", "takes no arguments"],
    ["npm run audit -- --state state.json extra", "too many arguments"],
    ["aws s3 ls", "needs AWS"],
    ["jq -r .nothing cfn-outputs/flat-outputs.json", "no output nothing"],
    ["pulumi config set --path payments:database.colour blue", "no setting"],
    ["awk 1", "what is it?"],
  ])("are refused where they are wrong: %s", async (script, problem) => {
    const [words = []] = commandsOf(script);
    const code = { page: "README.md", line: 1, language: "sh", text: script, needsAws: false };

    expect(await problemOf(words, code)).toContain(problem);
  });
});

describe("the AWS CLI's models", () => {
  it.each([
    ["aws rdss describe-db-instances", "no service rdss"],
    ["aws rds describe-db", "no operation describe-db"],
    ["aws rds delete-db-instance --force", "no option --force"],
    ["aws rds delete-db-instance --skip-final-snapshot", "needs --db-instance-identifier"],
    ["aws rds describe-db-instances --query 'DBInstances[0].MultiAZ'", undefined],
    ["aws rds describe-db-instances --query 'DBInstances[0].[Nam,MultiAZ]'", "returns no Nam"],
  ])("show what is wrong with %s", (script, problem) => {
    const [words = []] = commandsOf(script);

    expect(refusalByAws(words)).toEqual(
      problem === undefined ? undefined : expect.stringContaining(problem),
    );
  });
});

describe("the documentation's scripts", () => {
  it("are such as the shell reads", () => {
    const blocks = scripts
      .flatMap(({ codes }) => codes)
      .filter(({ language }) => language === "sh");
    for (const { page, line, text } of blocks) {
      const { stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });

      expect([page, line, stderr]).toEqual([page, line, ""]);
    }
  });
});

describe("the documentation's commands that need no cloud", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-documented-"));
  const start = process.cwd();
  // a command writes where it is started
  beforeAll(() => {
    process.chdir(folder);
    // what `pulumi stack export` writes of a stack that has nothing yet
    fs.writeFileSync("state.json", '{"version":3,"deployment":{"resources":[]}}');
  });
  afterAll(() => {
    process.chdir(start);
    fs.rmSync(folder, { recursive: true });
  });

  const lines = scripts.flatMap(({ codes }) =>
    codes.flatMap((code) =>
      commandsOf(code.text)
        .map(ownCommand)
        .filter((own) => own !== undefined)
        .filter((own) => !needsAddedModule(own))
        .filter(({ name, args }) => offline.includes(name) && !args.some(isPlaceholder))
        .map(({ name, args }) => ({ name, args, line: [name, ...args].join(" ") })),
    ),
  );
  const unique = new Map(lines.map((documented) => [documented.line, documented]));

  it.each([...unique.values(), { name: "docs", args: ["--check"], line: "docs --check" }])(
    "end well: npm run $line",
    async ({ name, args }) => {
      const inFolder = args.map((word) => word.replace(/^\/tmp/, folder));
      const { code, stdout, stderr } = await runHere(name, inFolder);

      // what went wrong, if anything did, stands in the failure
      expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
      expect(stdout).not.toBe("");
    },
  );
});

describe("commands of a script", () => {
  it("are separated by lines, lists and pipes, without comments, variables and redirections", () => {
    const script =
      "a 1 # no\nx=1 b --c\\\n  'd # e' && f | g > h; y=2\nfor i in j k; do\n  l $i\ndone";

    expect(commandsOf(script)).toEqual([
      ["a", "1"],
      ["b", "--c", "d # e"],
      ["f"],
      ["g"],
      ["l", "$i"],
    ]);
  });

  it("are found in substitutions and functions, too", () => {
    expect(commandsOf('out() { jq -r ".$1" f; }\na "b-$(out c)-d" $(e)')).toEqual([
      ["jq", "-r", ".$1", "f"],
      ["out", "c"],
      ["e"],
      ["a", "b-$()-d", "$()"],
    ]);
  });

  it("cannot be read where a quote is open", () => {
    expect(() => commandsOf("a 'b")).toThrow("a quote is not closed");
    expect(() => commandsOf('a "b')).toThrow("a quote is not closed");
  });
});
