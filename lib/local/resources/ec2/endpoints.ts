import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribePrefixListsCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, flag, policy, required, tags, texts } from "../creator";
import { byId, deletion } from "../deletion";
import { tagged } from "./tags";

const vpcEndpoint = creator(
  {
    vpcId: z.string(),
    serviceName: z.string(),
    vpcEndpointType: z.enum(["Gateway", "Interface"]).optional(),
    routeTableIds: texts,
    subnetIds: texts,
    securityGroupIds: texts,
    privateDnsEnabled: flag,
    policy: policy.optional(),
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: args.vpcId,
        ServiceName: args.serviceName,
        VpcEndpointType: args.vpcEndpointType,
        RouteTableIds: args.routeTableIds,
        SubnetIds: args.subnetIds,
        SecurityGroupIds: args.securityGroupIds,
        PrivateDnsEnabled: args.privateDnsEnabled,
        PolicyDocument: args.policy,
        TagSpecifications: tagged("vpc-endpoint", args.tags),
      }),
    );
    const id = required(VpcEndpoint?.VpcEndpointId, "VpcEndpointId");
    const arn = arnOf(cloud, "ec2", `vpc-endpoint/${id}`);
    if (args.vpcEndpointType === "Interface") {
      return {
        id,
        outputs: {
          arn,
          // the emulator has none; AWS's have a random part behind the id
          dnsEntries: [
            {
              dnsName: `${id}.${args.serviceName.split(".").at(-1) ?? ""}.${cloud.region}.vpce.amazonaws.com`,
              hostedZoneId: "Z7HUB22UULQXV",
            },
          ],
          networkInterfaceIds: VpcEndpoint?.NetworkInterfaceIds ?? [],
        },
      };
    }
    const { PrefixLists } = await ec2.send(
      new DescribePrefixListsCommand({
        Filters: [{ Name: "prefix-list-name", Values: [args.serviceName] }],
      }),
    );
    const list = PrefixLists?.find(({ PrefixListName }) => PrefixListName === args.serviceName);
    return {
      id,
      outputs: {
        arn,
        prefixListId: required(list?.PrefixListId, `prefix list of ${args.serviceName}`),
        cidrBlocks: list?.Cidrs,
      },
    };
  },
);

/** VPC endpoints. */
export const endpointTypes: ResourceTypes = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    create: vpcEndpoint,
    replacedBy: ["vpcId", "serviceName", "vpcEndpointType"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
    ),
  },
};
