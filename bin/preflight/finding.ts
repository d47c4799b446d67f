import { connectionError } from "../operations/target";

/** How much a finding matters: a problem makes `pulumi up` fail, or harms others; a warning may. */
export type Level = "ok" | "warning" | "problem";

/** One thing that a check found. */
export interface Finding {
  readonly level: Level;
  /** What is so, in a line. */
  readonly what: string;
  /** What it is about: a quota, a resource's name, a role. */
  readonly where: string;
  /** What to do about it, for what is not well. */
  readonly whatToDo?: string;
}

/** The errors by which services say that the caller may not. */
const denials =
  /^(AccessDenied\w*|UnauthorizedOperation|NotAuthorized|AuthorizationError\w*|Forbidden\w*)$/;
const throttles = /Throttl|TooManyRequests|RequestLimitExceeded|^SlowDown$/;

/** What is found where AWS gave no answer: of what it is not known, nothing can be said. */
export function notAsked(where: string, error: unknown, permissions: readonly string[]): Finding {
  const { name, message } =
    error instanceof Error ? error : { name: "Error", message: String(error) };
  // a service says which action it was, where it can
  const [, action] = /not authorized to perform: ([\w-]+:\w+)/.exec(message) ?? [];
  const finding = (reason: string, whatToDo: string): Finding => ({
    level: "warning",
    where,
    what: `could not be asked: ${reason}`,
    whatToDo,
  });
  if (action !== undefined || denials.test(name))
    return finding(
      "not permitted",
      `allow ${action ?? permissions.join(", ")}, or look it up in the console`,
    );
  if (throttles.test(name)) return finding("AWS throttles requests", "run it again in a minute");
  const code = connectionError(error);
  if (code !== undefined || name === "TimeoutError")
    return finding(
      `no response (${code ?? name})`,
      "check the network, and that the region has the service",
    );
  const [line = ""] = message.split("\n");
  return finding(`${name}: ${line}`, "look it up in the console");
}

/** What AWS answers about one thing; where it gives no answer, that. */
export async function asked(
  where: string,
  permissions: readonly string[],
  ask: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    return [notAsked(where, error, permissions)];
  }
}

/** The answer, or `undefined` where the service says that there is no such thing. */
export async function ifThere<T>(ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchEntity|NonExistent/.test(error.name)) {
      return undefined;
    }
    throw error;
  }
}
