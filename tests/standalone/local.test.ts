import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { runCommand } from "../run-command";

jest.setTimeout(120_000);

const stack = `broken-${randomUUID().slice(0, 8)}`;
const file = `Pulumi.${stack}.yaml`;

const local = (...options: readonly string[]) =>
  runCommand("local", ["--stack", stack, ...options]);

describe("npm run local", () => {
  afterEach(() => {
    fs.rmSync(file, { force: true });
  });

  it("lists every problem of a stack's configuration, and starts nothing", async () => {
    fs.writeFileSync(file, "config:\n  payments:environment: live\n  payments:colour: blue\n");
    const { code, stdout, stderr } = await local();

    expect(code).toBe(2);
    expect(stderr).toContain("environment: ");
    expect(stderr).toContain("colour: ");
    expect(stdout + stderr).not.toContain("emulator");
  });

  it("reports that there is no such stack, and which there are", async () => {
    const { code, stdout, stderr } = await local();

    expect(code).toBe(2);
    expect(stderr).toContain(`there is no stack ${stack}`);
    expect(stderr).toContain("dev");
    expect(stdout + stderr).not.toContain("emulator");
  });

  it("refuses a module that there is not, and starts nothing", async () => {
    fs.writeFileSync(file, "config:\n  payments:environment: dev\n");
    const { code, stdout, stderr } = await local("--with", "mall");

    expect(code).toBe(2);
    expect(stderr).toContain("--with mall: no such optional module; there are");
    expect(stdout + stderr).not.toContain("emulator");
  });

  it("refuses a port that no browser would call, and starts nothing", async () => {
    fs.writeFileSync(file, "config:\n  payments:environment: dev\n");
    const { code, stdout, stderr } = await local("--port", "6667");

    expect(code).toBe(2);
    expect(stderr).toContain("port 6667 is one that browsers and HTTP clients refuse to call");
    expect(stdout + stderr).not.toContain("emulator");
  });
});
