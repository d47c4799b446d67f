import * as pulumi from "@pulumi/pulumi";
import { environmentSettings } from "../../../lib/config";
import { buildFoundation } from "../../../lib/foundation/foundation";
import type { PaymentNetwork } from "../../../lib/foundation/foundation";
import type { FoundationNeeds } from "../../../lib/foundation/needs";
import { record, valueOf } from "../../../lib/graph/record";
import type { EnvironmentType } from "../../../lib/types";
import { testContext } from "../context";

const reads: FoundationNeeds = {
  endpoints: { s3: ["s3:GetObject"], dynamodb: ["dynamodb:Query"], sqs: ["sqs:SendMessage"] },
  securityGroups: { readers: { description: "Readers" } },
  flows: [{ from: "readers", to: "endpoints", port: 443, description: "Readers call AWS" }],
};
const writes: FoundationNeeds = {
  keys: { orders: { description: "orders", uses: [{ through: "dynamodb" }] } },
  endpoints: { s3: ["s3:PutObject", "s3:GetObject"] },
};

const sends: FoundationNeeds = { keyUses: { data: [{ through: "sqs" }] } };

const calls: FoundationNeeds = {
  securityGroups: { callers: { description: "Callers" } },
  flows: [{ from: "callers", to: "internet", port: 443, description: "Callers call the internet" }],
};

const callsApi: FoundationNeeds = {
  flows: [{ from: "readers", to: "api-endpoint", port: 443, description: "Readers call an API" }],
};

const network: PaymentNetwork = {
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  publicSubnetIds: [],
  s3PrefixListId: "pl-1",
  dynamoDbPrefixListId: "pl-2",
  endpointSecurityGroupId: "sg-endpoints",
};

const built = (...needs: readonly FoundationNeeds[]) => builtIn({}, ...needs);

const builtIn = (
  where: { readonly environment?: EnvironmentType; readonly network?: PaymentNetwork },
  ...needs: readonly FoundationNeeds[]
) =>
  record(() => {
    const parent = new pulumi.ComponentResource("test:index:Stack", "shop");
    const settings = environmentSettings[where.environment ?? "dev"];
    return buildFoundation(
      "shop",
      { context: testContext(), settings, needs, network: where.network },
      parent,
    );
  });
const policyOf = (inputs: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(String(inputs["policy"]));

describe("the foundation", () => {
  it("unites what several modules call by the same endpoint", async () => {
    const graph = await built(reads, writes);
    const s3 = graph.one("aws:ec2/vpcEndpoint:VpcEndpoint", "shop-network-s3-endpoint");

    expect(policyOf(s3.inputs)).toMatchObject({
      Statement: [{ Action: ["s3:GetObject", "s3:PutObject"] }],
    });
    expect(graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name)).toContain(
      "shop-endpoints-sqs",
    );
  });

  it("adds the uses that modules make of its key, and makes the keys of their own", async () => {
    const graph = await built(reads, writes, sends);
    const data = graph.one("aws:kms/key:Key", "shop-keys-data-key");

    expect(JSON.stringify(policyOf(data.inputs))).toContain("sqs.eu-central-1.amazonaws.com");
    expect(graph.ofType("aws:kms/key:Key").map(({ name }) => name)).toContain(
      "shop-keys-orders-key",
    );
    expect(await valueOf(graph.result.key("orders").id)).toBe("shop-keys-orders-key-id");
  });

  it("makes the groups and the flows that modules declare, and no others", async () => {
    const graph = await built(reads, writes);

    expect(
      graph
        .ofType("aws:ec2/securityGroup:SecurityGroup")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["shop-security-groups-endpoints", "shop-security-groups-readers"]);
    expect(graph.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toHaveLength(1);
  });

  it.each([
    ["dev", 1],
    ["staging", 1],
    ["prod", 3],
  ] as const)(
    "in %s has %d NAT gateways where a module calls the internet, and none where nobody does",
    async (environment, gateways) => {
      const count = async (...needs: readonly FoundationNeeds[]) =>
        (await builtIn({ environment }, ...needs)).ofType("aws:ec2/natGateway:NatGateway").length;

      expect(await count(reads, calls)).toBe(gateways);
      expect(await count(reads, writes)).toBe(0);
    },
  );

  it("refuses to return a key or a group that no module declares", async () => {
    const { result } = await built(reads);

    expect(() => result.key("orders")).toThrow("no part of the program declares the key orders");
    expect(() => result.securityGroup("writers")).toThrow(
      "no part of the program declares the security group writers",
    );
  });

  it("has an endpoint of private APIs where a module has one, with the flows to it, and not else", async () => {
    const types = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const without = await built(reads, callsApi);
    const graph = await built(reads, callsApi, { apiEndpoint: true });

    expect(without.ofType("payments:network:ApiEndpoint")).toEqual([]);
    expect(without.ofType(types).map(({ name }) => name)).toEqual([
      "shop-security-groups-endpoints-from-readers",
    ]);
    expect(() => without.result.apiEndpoint()).toThrow(
      "no part of the program declares the endpoint of private APIs",
    );
    expect(graph.ofType(types).map(({ name }) => name)).toContain(
      "shop-security-groups-api-endpoint-from-readers",
    );
    expect(
      graph.one("aws:ec2/vpcEndpoint:VpcEndpoint", "shop-api-endpoint-execute-api").inputs,
    ).toMatchObject({ securityGroupIds: ["shop-security-groups-api-endpoint-id"] });
    expect(await valueOf(pulumi.output(graph.result.apiEndpoint().endpointId))).toBe(
      "shop-api-endpoint-execute-api-id",
    );
    expect(graph.result.connections.map((one) => one.constructor.name)).toContain(
      "ApiEndpointComponent",
    );
  });

  it("takes the endpoint of private APIs that a network has, and refuses a network without", async () => {
    const endpoint = { endpointId: "vpce-1", dnsName: "vpce-1.example", dnsZoneId: "ZVPCE" };
    const graph = await builtIn(
      { network: { ...network, apiEndpoint: { ...endpoint, securityGroupId: "sg-api" } } },
      reads,
      callsApi,
      { apiEndpoint: true },
    );

    expect(graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint")).toEqual([]);
    expect(graph.result.apiEndpoint()).toMatchObject(endpoint);
    expect(
      graph
        .ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
        .map(({ inputs }) => inputs["referencedSecurityGroupId"]),
    ).toContain("sg-api");
    await expect(builtIn({ network }, { apiEndpoint: true })).rejects.toThrow(
      "the given network has none: name it as the network's apiEndpoint",
    );
  });
});
