import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getAmiOutput } from "@pulumi/aws/ec2";
import * as sqs from "@pulumi/aws/sqs";
import { record, valueOf } from "../../../lib/graph/record";
import { accountId } from "../../../lib/graph/mock-aws";

describe("recording a program", () => {
  it("keeps what an argument's value comes from", async () => {
    const graph = await record(() => {
      const dead = new sqs.Queue("dead");
      new sqs.RedrivePolicy("redrive", { queueUrl: dead.id, redrivePolicy: "{}" });
    });
    const queue = graph.one("aws:sqs/queue:Queue");
    expect(graph.one("aws:sqs/redrivePolicy:RedrivePolicy").propertyDependencies).toMatchObject({
      queueUrl: [queue.urn],
      redrivePolicy: [],
    });
  });

  it("answers the provider's functions that AWS always answers alike", async () => {
    const { result } = await record(() => getCallerIdentityOutput({}).accountId);
    expect(await valueOf(result)).toBe(accountId);
  });

  it("lets the caller answer others", async () => {
    const { result } = await record(() => getAmiOutput({ owners: ["self"] }).imageId, {
      call: ({ token }) => (token === "aws:ec2/getAmi:getAmi" ? { imageId: "ami-1" } : undefined),
    });
    expect(await valueOf(result)).toBe("ami-1");
  });
});
