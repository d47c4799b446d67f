import type { PolicyGraph } from "../../lib/policy/policy-graph";
import type { ProgramGraph, RecordedResource } from "../../lib/graph/program-graph";
import type { EnvironmentType } from "../../lib/types";
import type { PolicyStatement } from "../pipeline/policy";
import type { Clients } from "./clients";
import type { Finding } from "./finding";
import type { Identity } from "./identity";

/** A stack, and the account and region that it shall be deployed to. */
export interface Context {
  readonly stack: string;
  /** The namespace of its configuration. */
  readonly project: string;
  readonly environment: EnvironmentType;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Who asks. */
  readonly identity: Identity;
  /** ARN of who deploys, as IAM knows it: a user's or a role's. */
  readonly deployer: string;
  /** What the deployment needs to be allowed. */
  readonly statements: readonly PolicyStatement[];
  /** What the program registers. */
  readonly graph: ProgramGraph;
  /** What is deployed of the stack already, or why that is not known. */
  readonly state: KnownState;
  readonly clients: Clients;
}

/** The stack's state; without it, it is not known whose the things are that exist already. */
export type KnownState = { readonly graph: PolicyGraph } | { readonly unknown: string };

/** One thing to ask AWS about. */
export interface Check {
  readonly name: string;
  /** IAM actions that it needs; all of them only read. */
  readonly permissions: readonly string[];
  readonly run: (context: Context) => Promise<readonly Finding[]>;
}

/** How many resources of a type are still to be made; all of them, where the state is not known. */
export function stillToMake(
  { graph, state }: Context,
  type: string,
  matches: (properties: Readonly<Record<string, unknown>>) => boolean = () => true,
): number {
  const wanted = graph.ofType(type).filter(({ inputs }) => matches(inputs)).length;
  const there =
    "graph" in state
      ? state.graph.ofType(type).filter(({ properties }) => matches(properties)).length
      : 0;
  return Math.max(0, wanted - there);
}

/** The text of an argument. */
export function textOf({ inputs }: RecordedResource, argument: string): string | undefined {
  const value = inputs[argument];
  return typeof value === "string" ? value : undefined;
}
