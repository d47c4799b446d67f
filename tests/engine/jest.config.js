const { projects, reporters } = require("../../jest.config.js");

/** The real engine: apart from the other tests, for it needs a Pulumi CLI and minutes. */
module.exports = {
  ...projects[0],
  rootDir: "../..",
  displayName: "engine",
  roots: ["<rootDir>/tests/engine"],
  runtime: "jest-runtime",
  testEnvironment: "<rootDir>/tests/engine/environment.js",
  globalSetup: "<rootDir>/tests/engine/start.ts",
  reporters,
  testTimeout: 300_000,
  maxWorkers: 1,
};
