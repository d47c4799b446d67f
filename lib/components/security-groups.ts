import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link SecurityGroupsComponent}. */
export interface SecurityGroupsComponentArgs {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** S3's addresses by its gateway endpoint. */
  readonly s3PrefixListId: pulumi.Input<string>;
  /** DynamoDB's addresses by its gateway endpoint. */
  readonly dynamoDbPrefixListId: pulumi.Input<string>;
  /** The group of interface endpoints that are there already, and stays as it is; by default one is made. */
  readonly existingEndpointGroupId?: pulumi.Input<string>;
  readonly transform?: {
    readonly functionGroup?: Transform<ec2.SecurityGroupArgs>;
    readonly databaseGroup?: Transform<ec2.SecurityGroupArgs>;
    readonly endpointGroup?: Transform<ec2.SecurityGroupArgs>;
  };
}

/**
 * Who may talk to whom: functions to the database, to the interface endpoints, to S3 and DynamoDB, over TLS;
 * nobody else to anyone. AWS's rule that lets everything out is removed by the provider as it makes a group,
 * so database and endpoints start no connection at all.
 *
 * ### Cost
 *
 * None.
 *
 * @example
 * ```ts
 * import { SecurityGroupsComponent } from "payment-stack";
 *
 * const groups = new SecurityGroupsComponent("groups", {
 *   context,
 *   vpcId: network.vpcId,
 *   s3PrefixListId: network.s3PrefixListId,
 *   dynamoDbPrefixListId: network.dynamoDbPrefixListId,
 * });
 * export const functionsMayJoin = groups.functionSecurityGroupId;
 * ```
 */
export class SecurityGroupsComponent extends pulumi.ComponentResource {
  readonly functionSecurityGroupId: pulumi.Output<string>;
  readonly functionSecurityGroupArn: pulumi.Output<string>;
  readonly databaseSecurityGroupId: pulumi.Output<string>;
  readonly databaseSecurityGroupArn: pulumi.Output<string>;
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  /** Undefined for a group that was there already: its owner knows it. */
  readonly endpointSecurityGroupArn: pulumi.Output<string> | undefined;

  constructor(
    name: string,
    args: SecurityGroupsComponentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:network:SecurityGroups", name, {}, opts);
    const { context, transform } = args;
    const child = { parent: this };

    const createGroup = (
      purpose: string,
      description: string,
      change: Transform<ec2.SecurityGroupArgs> | undefined,
    ) => {
      const groupName = resourceName(context, purpose);
      return new ec2.SecurityGroup(
        `${name}-${purpose}`,
        transformed<ec2.SecurityGroupArgs>(
          {
            name: groupName,
            description,
            vpcId: args.vpcId,
            tags: namedTags(context.tags, groupName),
          },
          change,
        ),
        child,
      );
    };
    const functions = createGroup(
      "functions",
      "Functions of the payments platform",
      transform?.functionGroup,
    );
    const database = createGroup("database", "PostgreSQL of the ledger", transform?.databaseGroup);
    const existing = args.existingEndpointGroupId;
    const endpoints =
      existing === undefined
        ? createGroup("endpoints", "Interface endpoints of AWS services", transform?.endpointGroup)
        : { id: pulumi.output(existing), arn: undefined };

    const rule = (purpose: string, description: string, port: number) => ({
      description,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags: namedTags(context.tags, resourceName(context, purpose)),
    });
    type Group = Pick<ec2.SecurityGroup, "id">;
    const letOut = (to: Group, purpose: string, target: string, port: number) => {
      new vpc.SecurityGroupEgressRule(
        `${name}-functions-to-${purpose}`,
        {
          securityGroupId: functions.id,
          referencedSecurityGroupId: to.id,
          ...rule(`functions-to-${purpose}`, `Functions call ${target}`, port),
        },
        child,
      );
    };
    const connect = (to: Group, purpose: string, target: string, port: number) => {
      letOut(to, purpose, target, port);
      new vpc.SecurityGroupIngressRule(
        `${name}-${purpose}-from-functions`,
        {
          securityGroupId: to.id,
          referencedSecurityGroupId: functions.id,
          ...rule(`${purpose}-from-functions`, `Functions call ${target}`, port),
        },
        child,
      );
    };
    connect(database, "database", "PostgreSQL", 5432);
    // an existing group stays as it is
    const toEndpoints = existing === undefined ? connect : letOut;
    toEndpoints(endpoints, "endpoints", "AWS services by their interface endpoints", 443);

    const reach = (prefixListId: pulumi.Input<string>, purpose: string, service: string) => {
      new vpc.SecurityGroupEgressRule(
        `${name}-functions-to-${purpose}`,
        {
          securityGroupId: functions.id,
          prefixListId,
          ...rule(
            `functions-to-${purpose}`,
            `Functions call ${service} by its gateway endpoint`,
            443,
          ),
        },
        child,
      );
    };
    reach(args.s3PrefixListId, "s3", "S3");
    reach(args.dynamoDbPrefixListId, "dynamodb", "DynamoDB");

    this.functionSecurityGroupId = functions.id;
    this.functionSecurityGroupArn = functions.arn;
    this.databaseSecurityGroupId = database.id;
    this.databaseSecurityGroupArn = database.arn;
    this.endpointSecurityGroupId = endpoints.id;
    this.endpointSecurityGroupArn = endpoints.arn;
    this.registerOutputs({
      functionSecurityGroupId: this.functionSecurityGroupId,
      functionSecurityGroupArn: this.functionSecurityGroupArn,
      databaseSecurityGroupId: this.databaseSecurityGroupId,
      databaseSecurityGroupArn: this.databaseSecurityGroupArn,
      endpointSecurityGroupId: this.endpointSecurityGroupId,
      endpointSecurityGroupArn: this.endpointSecurityGroupArn,
    });
  }
}
