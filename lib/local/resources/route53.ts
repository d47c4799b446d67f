import { randomUUID } from "node:crypto";
import {
  AssociateVPCWithHostedZoneCommand,
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
  VPCRegion,
} from "@aws-sdk/client-route-53";
import type { VPC } from "@aws-sdk/client-route-53";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../resource";
import {
  flag,
  globalCreator,
  ignoredOnCreate,
  number,
  required,
  tagList,
  tags,
  text,
  texts,
} from "./creator";
import { byId, deletion } from "./deletion";

const region = z.enum(VPCRegion);

const network = z.strictObject({ vpcId: z.string(), vpcRegion: region.optional() });

const vpcOf = ({ vpcId, vpcRegion }: z.output<typeof network>, cloud: LocalCloud): VPC => ({
  VPCId: vpcId,
  VPCRegion: vpcRegion ?? region.parse(cloud.region),
});

const zone = globalCreator(
  {
    name: z.string(),
    comment: text,
    vpcs: z.array(network).optional(),
    forceDestroy: ignoredOnCreate,
    tags,
  },
  async (args, cloud) => {
    const { route53 } = cloud.clients;
    const [first, ...others] = args.vpcs ?? [];
    const { HostedZone, DelegationSet } = await route53.send(
      new CreateHostedZoneCommand({
        Name: args.name,
        CallerReference: randomUUID(),
        HostedZoneConfig: { Comment: args.comment ?? "Managed by Pulumi" },
        VPC: first && vpcOf(first, cloud),
      }),
    );
    const zoneId = required(HostedZone?.Id, "Id").replace("/hostedzone/", "");
    for (const other of others) {
      await route53.send(
        new AssociateVPCWithHostedZoneCommand({ HostedZoneId: zoneId, VPC: vpcOf(other, cloud) }),
      );
    }
    if (args.tags !== undefined) {
      await route53.send(
        new ChangeTagsForResourceCommand({
          ResourceType: "hostedzone",
          ResourceId: zoneId,
          AddTags: tagList(args.tags),
        }),
      );
    }
    return {
      id: zoneId,
      outputs: {
        zoneId,
        arn: `arn:aws:route53:::hostedzone/${zoneId}`,
        nameServers: DelegationSet?.NameServers ?? [],
      },
    };
  },
);

const record = globalCreator(
  {
    zoneId: z.string(),
    name: z.string(),
    type: z.enum(["A", "AAAA", "CNAME", "CAA", "MX", "NS", "SRV", "TXT"]),
    ttl: number,
    records: texts,
    aliases: z
      .tuple([
        z.strictObject({ name: z.string(), zoneId: z.string(), evaluateTargetHealth: z.boolean() }),
      ])
      .optional(),
    allowOverwrite: flag,
  },
  async (args, cloud) => {
    const [alias] = args.aliases ?? [];
    await cloud.clients.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: args.zoneId,
        ChangeBatch: {
          Changes: [
            {
              Action: args.allowOverwrite === true ? "UPSERT" : "CREATE",
              ResourceRecordSet: {
                Name: args.name,
                Type: args.type,
                TTL: args.ttl,
                ResourceRecords: args.records?.map((Value) => ({ Value })),
                AliasTarget: alias && {
                  DNSName: alias.name,
                  HostedZoneId: alias.zoneId,
                  EvaluateTargetHealth: alias.evaluateTargetHealth,
                },
              },
            },
          ],
        },
      }),
    );
    return { id: `${args.zoneId}_${args.name}_${args.type}`, outputs: { fqdn: args.name } };
  },
);

/** Route 53. */
export const route53Types: ResourceTypes = {
  "aws:route53/zone:Zone": {
    create: zone,
    replacedBy: ["name"],
    delete: deletion(byId, ({ id }, { clients: { route53 } }) =>
      route53.send(new DeleteHostedZoneCommand({ Id: id })),
    ),
  },
  "aws:route53/record:Record": {
    create: record,
    replacedBy: ["zoneId"],
    delete: deletion(
      { zoneId: z.string(), name: z.string(), type: z.string() },
      async ({ zoneId, name, type }, { clients: { route53 } }) => {
        const { ResourceRecordSets = [] } = await route53.send(
          new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }),
        );
        const record = ResourceRecordSets.find(
          (found) => found.Type === type && found.Name?.replace(/\.$/, "") === name,
        );
        if (record === undefined) throw new Error(`there is no record ${name} of type ${type}`);
        await route53.send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: zoneId,
            ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: record }] },
          }),
        );
      },
    ),
  },
};
