import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** Modules that a folder may not import, so that dependencies point one way. */
const forbid = (files, ...patterns) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [
          {
            name: "@pulumi/aws",
            message: "Import by service (@pulumi/aws/dynamodb): half the memory and time.",
          },
        ],
        patterns: [
          { group: ["@pulumi/aws/*/*"], message: "Import the service, not a file in it." },
          ...patterns,
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", "cfn-outputs/", ".cache/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "sort-imports": ["error", { ignoreDeclarationSort: true }],
    },
  },
  forbid(
    ["lib/**/*.ts"],
    { group: ["**/local/*"], message: "The graph does not know the local cloud." },
    { group: ["**/tests/*"], message: "The graph does not know its tests." },
  ),
  forbid(["lib/components/**/*.ts"], {
    group: ["**/lambda/*", "**/local/*", "**/policy/*"],
    message: "Components reach functions only as bundles.",
  }),
  forbid(
    ["lib/lambda/**/*.ts"],
    {
      group: ["@pulumi/*", "**/components/*", "**/local/*"],
      message: "Functions know nothing of how they are deployed.",
    },
    { regex: "^zod$", message: "Use zod/mini: the classic build doubles the bundle." },
  ),
  forbid(["bin/**/*.ts", "lib/local/**/*.ts", "tests/**/*.ts"]),
  {
    files: ["bin/**/*.ts", "lib/**/*.ts"],
    ignores: ["bin/operations/terminal.ts", "bin/operations/progress-line.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "MemberExpression[property.name='write'][object.property.name=/^std(out|err)$/]",
          message:
            "Write through bin/operations/terminal.ts: what comes from outside is made safe.",
        },
      ],
    },
  },
  forbid(["examples/**/*.ts"], {
    group: ["./*", "../*"],
    message: "An example imports what any program can: payment-stack.",
  }),
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        module: "writable",
        process: "readonly",
        require: "readonly",
        URL: "readonly",
      },
    },
  },
);
