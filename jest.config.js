// notes which globals Node has, and gives them to each sandbox: before a package adds one, as protobuf does `proto`, by
// which the sandboxes would change each other's messages (in workers tests/jest/environment.js comes first)
require("jest-environment-node");

/** Transpile only: types are checked by `npm run typecheck`. */
const transform = {
  "^.+\\.ts$": [
    "ts-jest",
    {
      tsconfig: {
        module: "commonjs",
        moduleResolution: "node10",
        ignoreDeprecations: "6.0",
        target: "ES2023",
        esModuleInterop: true,
        isolatedModules: true,
        resolveJsonModule: true,
      },
    },
  ],
};

const project = (name, more) => ({
  displayName: name,
  roots: [`<rootDir>/tests/${name}`],
  // the default is a folder of a known name in the temporary folder that all users share
  cacheDirectory: "<rootDir>/.cache/jest",
  runtime: "<rootDir>/tests/jest/runtime.js",
  testEnvironment: "<rootDir>/tests/jest/environment.js",
  transform,
  // the examples import the package as its users do
  moduleNameMapper: { "^payment-stack$": "<rootDir>/lib/index.ts" },
  resolver: "<rootDir>/tests/resolver.js",
  setupFiles: ["<rootDir>/tests/no-colors.js"],
  ...more,
});

/** Folders whose files tests/unit/tests-of.ts runs as one; not where a file of them is named by its path. */
const together = ["components", "policy/rules", "program"]
  .map((folder) => `/tests/unit/${folder}/`)
  .filter((folder) => !process.argv.some((argument) => `/${argument}`.includes(folder)));

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    project("unit", {
      testPathIgnorePatterns: together,
      globalSetup: "<rootDir>/tests/unit/start.ts",
      globalTeardown: "<rootDir>/tests/unit/stop.ts",
    }),
    // shares no cloud: `npm test` runs it beside those that do (tests/run.mjs)
    project("standalone", {
      coveragePathIgnorePatterns: ["<rootDir>/lib/"],
    }),
    project("integration", {
      // the unit suite covers every line; commands are slower where they are measured
      coveragePathIgnorePatterns: ["<rootDir>/lib/"],
      globalSetup: "<rootDir>/tests/integration/start.ts",
      globalTeardown: "<rootDir>/tests/integration/stop.ts",
    }),
  ],
  reporters: ["default", "<rootDir>/tests/totals-reporter.js"],
  testTimeout: 60_000,
  collectCoverage: true,
  collectCoverageFrom: ["lib/**/*.ts", "!lib/local/**"],
  coverageReporters: ["text", "lcov"],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
};
