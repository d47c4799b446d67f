import { createHash } from "node:crypto";
import type * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import type { StackContext } from "../../types";

/** The resources of a REST API that a deployment takes a snapshot of. */
export class DeployedParts {
  /** All that a deployment must wait for. */
  readonly resources: pulumi.Resource[] = [];

  private readonly described: { name: string; args: object }[] = [];

  constructor(
    private readonly name: string,
    readonly restApi: apigateway.RestApi,
    private readonly context: StackContext,
    private readonly options: pulumi.CustomResourceOptions,
  ) {}

  add<Args extends object, Added extends pulumi.Resource>(
    type: new (name: string, args: Args, options: pulumi.CustomResourceOptions) => Added,
    name: string,
    args: Args,
    dependsOn: pulumi.Resource[] = [],
  ): Added {
    const added = new type(
      `${this.name}-${name}`,
      { ...regional(this.context), ...args },
      { ...this.options, dependsOn },
    );
    this.resources.push(added);
    this.described.push({ name, args });
    return added;
  }

  /** SHA-256 of the arguments of all parts: the same as long as a deployment would change nothing. */
  fingerprint(): pulumi.Output<string> {
    return pulumi
      .output(this.described.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      .apply((parts) => createHash("sha256").update(JSON.stringify(parts)).digest("hex"));
  }
}

/** The media type under which API Gateway looks up models and templates. */
export const json = "application/json";
