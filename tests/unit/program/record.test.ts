import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import { Provider } from "@pulumi/aws/provider";
import { Table } from "@pulumi/aws/dynamodb";
import type { TableArgs } from "@pulumi/aws/dynamodb";
import { getAmiOutput } from "@pulumi/aws/ec2";
import { Function } from "@pulumi/aws/lambda";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { record, valueOf } from "../../../lib/graph/record";
import { accountId, region } from "../../../lib/graph/mock-aws";

describe("recording a program", () => {
  it("records what an argument's value comes from", async () => {
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

  it("waits for its turn, where several programs are recorded concurrently", async () => {
    const { stackTraceLimit } = Error;
    const recordings = ["dev", "staging", "prod"].map((stack) =>
      record(
        () => {
          const queue = new sqs.Queue(stack);
          new pulumi.ComponentResource("test:index:Part", "part", {}, { dependsOn: queue });
        },
        { stack },
      ),
    );
    const refused = record(() => {
      throw new Error("no program");
    });
    await expect(refused).rejects.toThrow("no program");

    const names = (await Promise.all(recordings)).map(({ resources }) =>
      resources.map(({ urn }) => urn.replace("urn:pulumi:", "")),
    );
    expect(names).toEqual(
      ["dev", "staging", "prod"].map((stack) => [
        `${stack}::payments::aws:sqs/queue:Queue::${stack}`,
        `${stack}::payments::test:index:Part::part`,
      ]),
    );
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it("mocks the provider's functions whose results on AWS are always the same", async () => {
    const { result } = await record(() => getCallerIdentityOutput({}).accountId);
    expect(await valueOf(result)).toBe(accountId);
  });

  it("lets the caller mock others", async () => {
    const { result } = await record(() => getAmiOutput({ owners: ["self"] }).imageId, {
      call: ({ token }) => (token === "aws:ec2/getAmi:getAmi" ? { imageId: "ami-1" } : undefined),
    });
    expect(await valueOf(result)).toBe("ami-1");
  });

  it("invents ARNs and results in the region that arguments name, else the provider, else its own", async () => {
    const graph = await record(() => {
      const provider = new Provider("replica", { region: "us-west-2" });
      const table = (name: string, args: Partial<TableArgs>, opts?: pulumi.ResourceOptions) =>
        new Table(name, { attributes: [], ...args }, opts).arn;
      return {
        own: table("own", {}),
        named: table("named", { region: "eu-west-1" }, { provider }),
        provided: table("provided", {}, { provider }),
        region: getRegionOutput({}, { provider }).region,
        zones: getAvailabilityZonesOutput({ region: "eu-west-1" }).names,
      };
    });

    expect(await valueOf(pulumi.output(graph.result))).toEqual({
      own: `arn:aws:dynamodb:${region}:${accountId}:table/own`,
      named: `arn:aws:dynamodb:eu-west-1:${accountId}:table/named`,
      provided: `arn:aws:dynamodb:us-west-2:${accountId}:table/provided`,
      region: "us-west-2",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    });
  });

  it("fails when a function is called whose result is not known, and says what to do", async () => {
    const recording = record(() => getAmiOutput({ owners: ["self"] }));
    await expect(recording).rejects.toThrow(
      "no result of aws:ec2/getAmi:getAmi is known: give one as the option `call`",
    );
  });

  it("fails with what the caller's outputs fail with", async () => {
    const state = () => {
      throw new Error("no such output");
    };
    await expect(record(() => new sqs.Queue("dead"), { state })).rejects.toThrow("no such output");
  });

  it("knows which arguments are secret, at any depth", async () => {
    const graph = await record(
      () =>
        new Function("runs", {
          role: "arn:aws:iam::1:role/r",
          environment: { variables: { OPEN: "1", TOKEN: pulumi.secret("hidden") } },
        }),
    );
    const [fn] = graph.ofType("aws:lambda/function:Function");
    expect(fn?.secrets).toEqual(["environment.variables.TOKEN"]);
    expect(fn?.inputs).toMatchObject({ environment: { variables: { TOKEN: "hidden" } } });
  });
});

describe("a recorded resource", () => {
  it("has the options that it was registered with, aliases as URNs", async () => {
    const urn = "urn:pulumi:dev::payments::aws:sqs/queue:Queue::before";
    const graph = await record(
      () => new sqs.Queue("after", {}, { aliases: [urn], protect: true, retainOnDelete: true }),
    );
    expect(graph.one("aws:sqs/queue:Queue")).toMatchObject({
      aliases: [urn],
      protect: true,
      retainOnDelete: true,
    });
  });
});

describe("a recorded graph", () => {
  it("gives the only resource of a type and name, and says what there is when it cannot", async () => {
    const graph = await record(() => {
      new sqs.Queue("one");
      new sqs.Queue("other");
    });
    expect(graph.one("aws:sqs/queue:Queue", "one").name).toBe("one");
    expect(() => graph.one("aws:sqs/queue:Queue")).toThrow(
      "expected one aws:sqs/queue:Queue , found 2 of: one, other",
    );
    expect(() => graph.one("aws:sqs/queue:Queue", "none")).toThrow("found 0 of: one, other");
  });
});
