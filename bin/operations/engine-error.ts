import { CommandError } from "./command";

const signIn =
  "Sign in with `pulumi login`, or set PULUMI_BACKEND_URL (and PULUMI_ACCESS_TOKEN for Pulumi Cloud).";

/** The meaning of the CLI's errors for the user of the command, in the order in which they are matched. */
const explanations: readonly (readonly [pattern: RegExp, message: (stack: string) => string])[] = [
  [
    /spawn \S+ ENOENT/,
    () =>
      "The Pulumi CLI cannot be started; install it (https://www.pulumi.com/docs/install/) or put it on PATH.",
  ],
  [
    /no stack named/,
    (stack) =>
      `There is no stack ${stack} in this backend; \`pulumi stack ls\` lists those that it has, \`pulumi whoami -v\` names it.`,
  ],
  [
    /PULUMI_ACCESS_TOKEN must be set|pulumi login/,
    () => `Not signed in to a Pulumi backend. ${signIn}`,
  ],
  [
    /passphrase/i,
    () =>
      "The stack's passphrase is wrong or missing: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  ],
  [
    /currently locked by|Another update is currently in progress/,
    (stack) => `${stack} is being updated: try again when that has ended.`,
  ],
];

/**
 * An error of the Pulumi CLI for the user of a command.
 *
 * @param failure - what the stack then was not: `could not be compared`.
 * @param errors - the engine's own messages, which say more than the CLI's end.
 */
export function engineError(
  error: unknown,
  stack: string,
  failure: string,
  errors: readonly string[] = [],
): CommandError {
  const text = error instanceof Error ? error.message : String(error);
  const explanation = explanations.find(([pattern]) => pattern.test(text));
  if (explanation !== undefined) return new CommandError(explanation[1](stack), { cause: error });
  // an error of the program is reported twice, once with its stack trace
  const messages = errors.filter((line) => !line.startsWith("Unhandled exception"));
  const lines = messages.length > 0 ? messages : (text.match(/^\s*error: .*/gm) ?? [text]);
  const message = [...new Set(lines.map((line) => line.trim()))].join("\n");
  return new CommandError(`${stack} ${failure}:\n${message}`, { cause: error });
}
