import { PolicyGraph } from "../../../lib/policy/policy-graph";
import { resource } from "./rule-cases";

const bucket = "aws:s3/bucket:Bucket";
const versioning = "aws:s3/bucketVersioning:BucketVersioning";

describe("a graph", () => {
  const data = resource(
    bucket,
    { bucket: "data-bucket" },
    { name: "data", id: "data-id", arn: "arn:aws:s3:::data-bucket" },
  );
  const other = resource(bucket, {}, { name: "other" });
  const refers = (value: unknown, from: Record<string, string> = {}) => {
    const referring = resource(versioning, { bucket: value }, { name: "versioning", from });
    const graph = new PolicyGraph([data, other, referring]);
    return {
      referring: graph.referringTo(data, versioning, "bucket"),
      referred: graph.referredToBy(referring, "bucket", bucket).map(({ name }) => name),
    };
  };

  it.each([
    ["an output", undefined, { bucket: "data" }],
    ["the id", "data-id", {}],
    ["the ARN", "arn:aws:s3:::data-bucket", {}],
    ["a name written out in both", "data-bucket", {}],
    ["one of a list", ["x", "data-id"], {}],
  ])("knows who refers to a resource by %s", (_how, value, from) => {
    const { referring, referred } = refers(value, from);
    expect(referring).toHaveLength(1);
    expect(referred).toEqual(["data"]);
  });

  it("takes no other resource's name, and no missing one, for a reference", () => {
    expect(refers("another").referring).toEqual([]);
    expect(refers(undefined).referred).toEqual([]);
    expect(refers("x", { bucket: "other" })).toEqual({ referring: [], referred: ["other"] });
  });

  it("knows its stack and project by the URNs", () => {
    const urn = "urn:pulumi:prod-eu::payments::aws:s3/bucket:Bucket::data";
    expect(new PolicyGraph([{ ...data, urn }])).toMatchObject({
      stack: "prod-eu",
      project: "payments",
    });
    expect(new PolicyGraph([])).toMatchObject({ stack: "", project: "" });
  });
});
