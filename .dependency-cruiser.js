/** Which file may import which, as `docs/architecture.md` draws it. `npm run lint` checks it. */

/** Of the project's own files, those of a layer import only some; the rest is passed to them as arguments. */
const layer = (name, path, ...allowed) => ({
  name,
  severity: "error",
  from: { path },
  to: { path: "^(bin|lib|tests|examples)/", pathNot: allowed },
});

const core = "^lib/(core/|types\\.ts$)";
const components = "^lib/components/";
/** The shared part of the functions' code, and what the code of a module is made of besides. */
const sharedFunctionCode = "^lib/lambda/(http|aws|database|values)/";
/** What is made of a graph. */
const madeOfGraphs = "^lib/(policy|cost|comparison|diagram|dashboard|drawing)/";
/** The stack, and the types of its configuration and outputs, which are moving into modules. */
const stack = "^lib/(config|payment-stack)\\.ts$";
const catalogue = "^lib/catalogue/";
const graph = "^lib/graph/";
const foundation = "^lib/foundation/";
const modules = "^lib/modules/";
const entryPoints = [
  "^bin/",
  "^examples/",
  "^lib/(index|policy/index)\\.ts$",
  "^lib/lambda/[^/]+/[^/]+/index\\.ts$",
];
/** What starts tests: jest, by their names, by its configuration or by the name of an example. */
const testEntryPoints = [
  "\\.test\\.ts$",
  "\\.m?js$",
  "^tests/[^/]+/(start|stop)\\.ts$",
  "^tests/engine/language-host\\.ts$",
  "^tests/unit/examples/",
  "^tests/standalone/consumer/",
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    layer("core-knows-nothing-above", core, core),
    layer("catalogue-is-plain-facts", catalogue, core, catalogue),
    layer("graph-knows-no-program", graph, core, graph),
    layer("made-of-graphs-knows-no-program", madeOfGraphs, core, catalogue, graph, madeOfGraphs),
    layer("components-know-no-module", components, core, components),
    {
      name: "components-know-no-other-component",
      comment:
        "Its outputs come as arguments; a helper for several of them is in lib/components/shared.",
      severity: "error",
      from: { path: "^lib/components/([^/]+?)(\\.ts$|/)" },
      to: {
        path: components,
        pathNot: ["^lib/components/$1(\\.ts$|/)", "^lib/components/shared/"],
      },
    },
    layer(
      "foundation-knows-no-module",
      foundation,
      core,
      catalogue,
      components,
      foundation,
      "^lib/cost/", // the types of usage that a part declares
    ),
    layer(
      "modules-know-no-program",
      modules,
      core,
      catalogue,
      components,
      foundation,
      modules,
      "^lib/lambda/",
      "^lib/cost/",
    ),
    {
      name: "modules-know-no-other-module",
      comment: "They meet at typed ports, which lib/modules/index.ts connects.",
      severity: "error",
      from: { path: "^lib/modules/([^/]+)/" },
      to: {
        path: "^lib/(modules|lambda)/[^/]+/",
        pathNot: ["^lib/(modules|lambda)/$1/", sharedFunctionCode],
      },
    },
    layer("functions-know-no-deployment", "^lib/lambda/", "^lib/lambda/"),
    layer("shared-function-code-knows-no-module", sharedFunctionCode, sharedFunctionCode),
    {
      name: "functions-know-no-other-module",
      severity: "error",
      from: { path: "^lib/lambda/([^/]+)/", pathNot: sharedFunctionCode },
      to: { path: "^lib/lambda/[^/]+/", pathNot: ["^lib/lambda/$1/", sharedFunctionCode] },
    },
    layer("stack-knows-no-program", stack, core, components, foundation, modules, stack),
    layer(
      "program-knows-no-cloud-and-no-rules",
      "^lib/(program|index)\\.ts$",
      core,
      components,
      foundation,
      modules,
      stack,
      "^lib/program\\.ts$",
    ),
    {
      name: "nothing-imports-the-index",
      severity: "error",
      from: { path: "^(lib|bin)/" },
      to: { path: "^lib/index\\.ts$" },
    },
    layer("local-cloud-knows-no-command", "^lib/local/", "^lib/"),
    layer("commands-know-no-test", "^bin/", "^(bin|lib)/"),
    {
      name: "unit-tests-know-no-other-suite",
      severity: "error",
      from: { path: "^tests/unit/" },
      to: { path: "^tests/(integration|standalone|engine)/" },
    },
    {
      name: "suites-know-no-other-suite",
      severity: "error",
      from: { path: "^tests/(integration|standalone|engine)/" },
      to: { path: "^tests/(integration|standalone|engine)/", pathNot: "^tests/$1/" },
    },
    {
      name: "tests-of-a-layer-know-none-above",
      severity: "error",
      from: { path: "^tests/unit/(core|catalogue|graph|components|lambda)/" },
      to: { path: "^(bin|lib/(foundation|modules|payment-stack|program|index|local|policy))" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unused",
      severity: "error",
      from: { path: entryPoints },
      to: { path: "^lib/", pathNot: entryPoints, reachable: false },
    },
    {
      name: "no-unused-test-helper",
      severity: "error",
      from: { path: testEntryPoints },
      to: { path: "^tests/", pathNot: testEntryPoints, reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // a module that is at home in lib, where a test copies it and asks again
    exclude: { path: "^tests/module/" },
    tsPreCompilationDeps: true, // imports of types count
  },
};
