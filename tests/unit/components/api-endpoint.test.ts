import { ApiEndpointComponent } from "../../../lib/components/api-endpoint";
import type { ApiEndpointComponentArgs } from "../../../lib/components/api-endpoint";
import { inRegion } from "../../../lib/core/context";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

const build = (
  args: Partial<ApiEndpointComponentArgs> = {},
  state?: Readonly<Record<string, unknown>>,
) =>
  record(
    () =>
      new ApiEndpointComponent("private", {
        context: testContext("dev"),
        vpcId: "vpc-1",
        subnetIds: ["subnet-1"],
        securityGroupId: "sg-1",
        ...args,
      }),
    { state: ({ type }) => (type === endpointType ? state : undefined) },
  );

describe("the endpoint of private APIs", () => {
  it("answers for the APIs' usual names, in the given subnets and group", async () => {
    expect((await build()).one(endpointType).inputs).toMatchObject({
      vpcId: "vpc-1",
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.${region}.execute-api`,
      subnetIds: ["subnet-1"],
      securityGroupIds: ["sg-1"],
      privateDnsEnabled: true,
      tags: { Name: "payments-dev-execute-api-dev", Environment: "dev" },
    });
  });

  it("lets through calls of this account's APIs only, unsigned preflights among them", async () => {
    const { policy } = (await build()).one(endpointType).inputs;

    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OwnApisOnly",
          Effect: "Allow",
          Principal: "*",
          Action: ["execute-api:Invoke"],
          Resource: `arn:aws:execute-api:${region}:${accountId}:*`,
        },
      ],
    });
  });

  it("is named by its name in the region, wherever that stands among those of zones", async () => {
    const { result } = await build(
      {},
      {
        dnsEntries: [
          { dnsName: "vpce-1-eu-central-1a.example", hostedZoneId: "ZZONAL" },
          { dnsName: "vpce-1.example", hostedZoneId: "ZREGION" },
          { dnsName: "vpce-1-eu-central-1b.example", hostedZoneId: "ZZONAL" },
        ],
      },
    );

    expect(await valueOf(result.endpointId)).toBe("private-execute-api-id");
    expect(await valueOf(result.dnsName)).toBe("vpce-1.example");
    expect(await valueOf(result.dnsZoneId)).toBe("ZREGION");
  });

  it("stands in the region of its context, and can be changed by a transform", async () => {
    const graph = await build({
      context: inRegion(testContext("dev"), "us-west-2"),
      transform: { endpoint: { ipAddressType: "dualstack" } },
    });

    expect(graph.one(endpointType).inputs).toMatchObject({
      region: "us-west-2",
      serviceName: "com.amazonaws.us-west-2.execute-api",
      ipAddressType: "dualstack",
    });
  });
});
