import { deploymentPolicy } from "../pipeline/deployment-policy";
import { readStackFile } from "../../lib/core/stack-file";
import { CommandError, root } from "../operations/command";
import { recordGraph } from "../operations/recorded-stack";
import type { Context } from "./check";
import { clientsIn } from "./clients";
import { callerIdentity, principalOf } from "./identity";
import { deployedState } from "./state";

/** What the command was given. */
export interface Given {
  readonly stack: string;
  readonly with?: readonly string[];
  /** What `pulumi stack export` wrote. */
  readonly state?: string;
  /** ARN of who deploys. */
  readonly deployer?: string;
}

/**
 * Whom the checks ask, and about what.
 *
 * @param onProgress - Called with what is under way.
 * @throws `UserError` if there is no such stack, its configuration is refused, or AWS does not take the credentials.
 */
export async function contextOf(
  given: Given,
  onProgress: (what: string) => void,
): Promise<Context> {
  const { stack } = given;
  const region = regionOf(stack);
  const clients = clientsIn(region);
  onProgress("Asking AWS whose the credentials are");
  const identity = await callerIdentity(clients.sts, region);
  onProgress("Running the program, and reading the stack's state");
  const [{ graph, project }, state, deployer] = await Promise.all([
    recordGraph(stack, given.with, identity.account),
    deployedState(stack, given.state),
    given.deployer ?? principalOf(identity.arn, clients.iam),
  ]);
  const { environment } = graph.result;
  const place = { environment, account: identity.account, region };
  return {
    stack,
    project,
    environment,
    region,
    partition: identity.arn.split(":")[1] ?? "aws",
    identity,
    deployer,
    statements: deploymentPolicy(graph, place).flatMap(({ Statement }) => Statement),
    graph,
    state,
    clients,
  };
}

/** Where the stack deploys to: as its file says, or else the environment, as Pulumi's provider has it. */
function regionOf(stack: string): string {
  const region =
    readStackFile(root, stack).config["aws:region"] ??
    process.env["AWS_REGION"] ??
    process.env["AWS_DEFAULT_REGION"];
  if (region !== undefined) return region;
  throw new CommandError(
    `Pulumi.${stack}.yaml has no aws:region, and the environment has no AWS_REGION: ` +
      `pulumi config set aws:region REGION --stack ${stack}`,
  );
}
