const { compileFunction } = require("node:vm");
const path = require("node:path");
const { default: Runtime } = require("jest-runtime");

const packages = `${path.sep}node_modules${path.sep}`;

/** Packages that keep what a test does to them: the SDK's clients, which are mocked, and what asks for colours when it is loaded. */
const ownOfEachFile = /[\\/]node_modules[\\/](@aws-sdk|@smithy|picocolors)[\\/]/;

/** What was compiled for earlier test files of the worker, by file: it is the same function, and as fast as it got. */
const compiled = new Map();

/**
 * Loads packages once a worker, by Node itself; jest would load them anew for each test file, which for Pulumi's SDK takes
 * seconds. Our own code is loaded anew for each file, as ever, and `jest.mock` works for both.
 */
module.exports = class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    // not in a context of its own: see environment.js
    executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, executor.injectedModuleParameters, { filename });
      compiled.set(filename, { source, run });
      return run;
    };
  }

  requireModule(from, moduleName, options, isRequireActual) {
    const isOurs =
      moduleName === undefined ||
      options?.isInternalModule ||
      this._resolution.isCoreModule(moduleName);
    if (!isOurs) {
      const file = this._resolution.resolveCjs(from, moduleName);
      if (file.includes(packages) && !ownOfEachFile.test(file))
        return this._environment.loadPackage(file);
    }
    return super.requireModule(from, moduleName, options, isRequireActual);
  }
};
