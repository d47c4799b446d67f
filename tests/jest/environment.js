const { AsyncLocalStorage } = require("node:async_hooks");
// before any package: see jest.config.js
require("jest-environment-node");
const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

/** Globals of packages: set when the package is loaded, so that they must stay as long as it does. */
const globalsOfPackages = new Set();

/** Notes what an object has, and makes a function that puts it back. */
function restorer(object) {
  const before = Object.getOwnPropertyDescriptors(object);
  return () => {
    for (const key of Reflect.ownKeys(object)) {
      if (key in before || globalsOfPackages.has(key)) continue;
      Reflect.deleteProperty(object, key);
    }
    for (const key of Reflect.ownKeys(before)) Reflect.defineProperty(object, key, before[key]);
  };
}

// before jest, or a test, changes them
const restoreGlobals = restorer(globalThis);

/**
 * The worker's own globals, in place of a sandbox of each file's own: code is as fast as outside of jest, and what the
 * packages make (see runtime.js) is of the same classes as what the tests make. After each file they are put back.
 */
module.exports = class Environment {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.restoreVariables = restorer(process.env);
    this.exitCode = process.exitCode;
  }

  /** jest makes a storage for each file; every promise would carry those of all files before. */
  async setup() {
    const used = new Set();
    const { run } = AsyncLocalStorage.prototype;
    AsyncLocalStorage.prototype.run = function (...args) {
      used.add(this);
      return Reflect.apply(run, this, args);
    };
    this.disableStorages = () => {
      AsyncLocalStorage.prototype.run = run;
      for (const storage of used) storage.disable();
    };
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.restoreVariables();
    restoreGlobals();
    process.exitCode = this.exitCode;
    this.disableStorages?.();
  }

  /** Loads a package, which may set globals. */
  loadPackage(file) {
    const before = new Set(Reflect.ownKeys(globalThis));
    const loaded = require(file);
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!before.has(key)) globalsOfPackages.add(key);
    }
    return loaded;
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  getVmContext() {
    return this.global;
  }
};
