import * as pulumi from "@pulumi/pulumi";
import { EndpointsComponent } from "../../../lib/components/endpoints";
import type { EndpointsComponentArgs } from "../../../lib/components/endpoints";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<EndpointsComponentArgs<string>> = {}) =>
  record(
    () =>
      new EndpointsComponent<string>("net", {
        context: testContext("dev"),
        vpcId: "vpc-1",
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupId: "sg-1",
        endpoints: { secretsmanager: ["secretsmanager:GetSecretValue"] },
        ...args,
      }),
  );

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

describe("the interface endpoints", () => {
  it("have the services' usual DNS names, in the given subnets and group", async () => {
    const { inputs } = (await build()).one(endpointType);

    expect(inputs).toMatchObject({
      vpcId: "vpc-1",
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.${region}.secretsmanager`,
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["sg-1"],
      privateDnsEnabled: true,
      tags: { Name: "payments-dev-secretsmanager-dev", Environment: "dev" },
    });
  });

  it("admit only this account's principals, to its own resources, for what is called there", async () => {
    const { inputs } = (await build()).one(endpointType);

    expect(JSON.parse(String(inputs["policy"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OwnAccountOnly",
          Effect: "Allow",
          Principal: "*",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId },
          },
        },
      ],
    });
  });

  it("are none where no service is given", async () => {
    const graph = await build({ endpoints: {} });

    expect(graph.ofType(endpointType)).toEqual([]);
    expect(graph.result.endpointIds).toEqual({});
  });

  it("may be of services whose actions begin otherwise", async () => {
    const graph = await build({ endpoints: { "ecr.api": ["ecr:GetAuthorizationToken"] } });
    const { inputs } = graph.one(endpointType, "net-ecr-api");

    expect(inputs).toMatchObject({
      serviceName: `com.amazonaws.${region}.ecr.api`,
      tags: { Name: "payments-dev-ecr-api-dev" },
    });
    expect(String(inputs["policy"])).toContain('"Action":["ecr:GetAuthorizationToken"]');
  });

  it("are exposed by service, and belong to the component", async () => {
    const graph = await build();

    expect(await valueOf(pulumi.all(graph.result.endpointIds))).toEqual({
      secretsmanager: "net-secretsmanager-id",
    });
    expect(graph.childrenOf(graph.one("payments:network:Endpoints"))).toEqual([
      graph.one(endpointType),
    ]);
  });

  it("let a consumer change them", async () => {
    const graph = await build({ transform: { endpoint: { ipAddressType: "dualstack" } } });

    expect(graph.one(endpointType).inputs).toMatchObject({
      ipAddressType: "dualstack",
      privateDnsEnabled: true,
    });
  });
});
