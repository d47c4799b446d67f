import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import { untilLambdaLetsGo } from "../shared/lambda-interfaces";
import type { StackContext, Transform } from "../../types";
import { partOf } from "./part-of";

/** What the subnets of a network are made with. */
export interface SubnetOptions {
  readonly context: StackContext;
  /** The network's, if it has one. */
  readonly purpose: string | undefined;
  readonly vpcId: pulumi.Input<string>;
  readonly kind: "public" | "private";
  /** The names of the zones. */
  readonly zones: pulumi.Output<string[]>;
  /** One block a zone. */
  readonly cidrs: readonly string[];
  readonly transform: Transform<ec2.SubnetArgs> | undefined;
}

/** Creates a subnet in each zone. */
export function createSubnets(
  name: string,
  options: SubnetOptions,
  parent: pulumi.Resource,
): ec2.Subnet[] {
  const { context, purpose, vpcId, kind, zones, cidrs, transform } = options;
  return cidrs.map((cidrBlock, zone) => {
    const part = `${kind}-${String(zone + 1)}`;
    return new ec2.Subnet(
      `${name}-${part}`,
      transformed<ec2.SubnetArgs>(
        {
          ...regional(context),
          vpcId,
          cidrBlock,
          availabilityZone: zones.apply((names) => String(names[zone])),
          mapPublicIpOnLaunch: false,
          tags: namedTags(context.tags, resourceName(context, partOf(purpose, part))),
        },
        transform,
      ),
      // a zone that AWS adds or withdraws must not replace a subnet with all that is in it
      { parent, ignoreChanges: ["availabilityZone"], customTimeouts: untilLambdaLetsGo },
    );
  });
}
