// Pulumi compiles a pack in TypeScript with all type checks; tsx only strips the types
require("tsx/cjs");
require("./rules.ts");
