const { TestEnvironment } = require("jest-environment-node");

/**
 * Where the engine stops a program, calls in progress fail, and Pulumi leaves some of those rejections
 * unhandled. The Pulumi CLI's own language host ignores them too; other rejections fail a test.
 */
module.exports = class EngineEnvironment extends TestEnvironment {
  handleTestEvent({ name, error, promise }) {
    const isLeftByPulumi = name === "error" && error?.message === "Resource monitor is terminating";
    if (isLeftByPulumi) promise?.catch(() => undefined);
  }
};
