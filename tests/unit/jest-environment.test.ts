import { AsyncLocalStorage } from "node:async_hooks";
import "@pulumi/pulumi";

interface Environment {
  readonly global: object;
  setup(): Promise<void>;
  teardown(): Promise<void>;
}
type Class = new (config: object, context?: object) => Environment;

const Shared = jest.requireActual<Class>("../jest/environment");
const { TestEnvironment } = jest.requireActual<{ TestEnvironment: Class }>("jest-environment-node");

const projectConfig = { fakeTimers: {}, globals: {}, testEnvironmentOptions: {} };

describe("the environment that the test files of a worker share", () => {
  it("leaves nothing of a file to the next: globals, variables, exit code", async () => {
    const { fetch } = globalThis;
    const environment = new Shared({ projectConfig });
    await environment.setup();
    Object.assign(globalThis, { left: true, fetch: undefined });
    Object.assign(process.env, { LEFT: "true", PATH: "" });
    process.exitCode = 2;
    await environment.teardown();

    expect("left" in globalThis).toBe(false);
    expect(globalThis.fetch).toBe(fetch);
    expect(process.env["LEFT"]).toBeUndefined();
    expect(process.env["PATH"]).not.toBe("");
    expect(process.exitCode).toBeUndefined();
  });

  it("has no promise carry what a file before kept in a storage", async () => {
    const storage = new AsyncLocalStorage<string>();
    const environment = new Shared({ projectConfig });
    await environment.setup();

    await storage.run("kept", async () => {
      expect(storage.getStore()).toBe("kept");
      await environment.teardown();
      expect(storage.getStore()).toBeUndefined();
    });
  });

  it("gives globals of packages to no sandbox of another project's files", async () => {
    // what protobuf makes there would be of this file's classes, and a list of the sandbox no list
    expect("proto" in globalThis).toBe(true);
    const sandbox = new TestEnvironment({ projectConfig, globalConfig: {} }, {});
    expect("proto" in sandbox.global).toBe(false);
    await sandbox.teardown();
  });
});
