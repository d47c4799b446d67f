const { TestEnvironment } = require("jest-environment-node");

/**
 * Where the engine stops a program, calls that were under way fail, and Pulumi leaves some of those failures
 * to nobody. The Pulumi CLI's own host of programs takes no notice of them either; other rejections fail a test.
 */
module.exports = class EngineEnvironment extends TestEnvironment {
  handleTestEvent({ name, error, promise }) {
    const isLeftByPulumi = name === "error" && error?.message === "Resource monitor is terminating";
    if (isLeftByPulumi) promise?.catch(() => undefined);
  }
};
