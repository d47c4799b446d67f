import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** How a folder imports packages; which of the project's own files it may is in .dependency-cruiser.js. */
const packages = (files, ...patterns) => ({
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
  packages(["bin/**/*.ts", "lib/**/*.ts", "tests/**/*.ts"]),
  packages(
    ["lib/lambda/**/*.ts"],
    { group: ["@pulumi/*"], message: "Functions know nothing of how they are deployed." },
    { regex: "^zod$", message: "Use zod/mini: the classic build doubles the bundle." },
  ),
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
          message: "Write through bin/operations/terminal.ts: external text is escaped there.",
        },
      ],
    },
  },
  packages(["examples/**/*.ts"], {
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
