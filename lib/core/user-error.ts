/**
 * An error of what someone gave: a file, an option, a configuration. Its message says what is wrong, where
 * and what to do, so that a command prints it and nothing else.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
