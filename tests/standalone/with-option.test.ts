import { runHere } from "../run-command";

jest.setTimeout(120_000);

// what it does to a stack shows tests/standalone/new-module.test.ts, which has a module to switch on
describe("--with", () => {
  it.each([
    ["audit", ["--stack", "dev"]],
    ["cost", ["dev"]],
    ["dashboard", ["dev"]],
    ["deployment-policy", ["--stack", "dev"]],
    ["diagram", ["dev"]],
    ["diff", ["dev", "prod"]],
  ])(
    "is refused by %s for a module that there is not, with those that there are",
    async (...run) => {
      const [name, args] = run;
      const { code, stdout, stderr } = await runHere(name, [...args, "--with", "all,mall"]);

      expect(stderr).toContain("--with mall: no such optional module; there are");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    },
  );

  it.each([
    ["audit", ["--state", "state.json"], "'--state <file>'"],
    ["dashboard", ["--body", "body.json"], "'--body <file>'"],
    ["diff", ["dev", "--base", "before.json", "--after", "after.json"], "'--after <file>'"],
  ])("is refused by %s where no program is run: %j", async (name, args, other) => {
    const { code, stderr } = await runHere(name, [...args, "--with", "all"]);

    expect(stderr).toContain("'--with <modules>' cannot be used with option " + other);
    expect(code).toBe(2);
  });

  it.each(["", "one,,two", "one,"])("is refused with an empty name: %j", async (modules) => {
    const { code, stderr } = await runHere("cost", ["dev", "--with", modules]);

    expect(stderr).toContain("allowed: names, separated by commas");
    expect(code).toBe(2);
  });
});
