import type { StackOutputs } from "../core/outputs-file";

/** A request to an API of a stack that has just been deployed. */
export interface FirstRequest {
  /** Sent as JSON; by default none. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `signed`, the default, signs it (AWS Signature Version 4), as callers of an API with IAM authorization must; `none`
   * sends it as it is, for an API that is public or takes a token, in a header `authorization` of the caller's.
   */
  readonly authorization?: "signed" | "none";
}

/** A stack that has just been deployed, for the first use of its modules. */
export interface UsableStack {
  readonly outputs: StackOutputs;
  /**
   * Sends a request to an API of the stack.
   *
   * @returns the body of the response, parsed as JSON.
   * @throws if the response is no success.
   */
  readonly send: (method: "GET" | "POST", url: string, request?: FirstRequest) => Promise<unknown>;
  /**
   * Waits until `probe` gives a value.
   *
   * @param title - What is waited for: `The ledger's posting`.
   * @throws after 15 seconds.
   */
  readonly waitFor: <T>(title: string, probe: () => Promise<T | undefined>) => Promise<T>;
  /**
   * Calls an AWS service in the stack's account, as who deployed it: one that speaks JSON, without its SDK, which who
   * uses the package need not have.
   *
   * @param service - As signatures name it: `cognito-idp`.
   * @param target - The operation, as the service's SDK sends it in `X-Amz-Target`.
   * @returns the output, parsed as JSON.
   * @throws if the call fails.
   */
  readonly callAws: (service: string, target: string, input: object) => Promise<unknown>;
  /** What commands for a shell are made of. */
  readonly shell: {
    /** The start of a signed request to an API: `curl --aws-sigv4 … --user …`. */
    readonly curl: string;
    /** Options with which the AWS CLI reaches the stack. */
    readonly awsOptions: string;
  };
}

/** What `npm run local` prints of the first use of a module. */
export interface FirstUseReport {
  /** One sentence of what has been done. */
  readonly summary: string;
  /** Where it can be reached, by what is there: `{ API: "http://…" }`. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** What its caller may do next. */
  readonly next: {
    /** `Make another, …:` */
    readonly title: string;
    /** To paste into a shell. */
    readonly commands: readonly string[];
  };
  /** For programs: what `--json` adds, by names that are unique among all modules. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Uses a module for the first time: whatever it consists of has then done its work. */
export type FirstUse = (stack: UsableStack) => Promise<FirstUseReport>;
