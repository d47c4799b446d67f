// Pulumi compiles a pack in TypeScript with all type checks; tsx only strips the types
// without its cache in the shared temporary folder, as bin/tsx.mjs says
process.env.TSX_DISABLE_CACHE ||= "1";
require("tsx/cjs");
require("./rules.ts");
