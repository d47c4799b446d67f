import { uniteEndpointNeeds } from "../../../lib/core/endpoint-policy";

describe("what several parts of a program call by an endpoint", () => {
  it("is each service once with each action once, in the order in which they are given", () => {
    const united = uniteEndpointNeeds(
      { s3: ["s3:PutObject"], secretsmanager: ["secretsmanager:GetSecretValue"] },
      { "kinesis-streams": ["kinesis:PutRecords"], s3: ["s3:GetObject", "s3:PutObject"] },
    );

    expect(Object.entries(united)).toEqual([
      ["s3", ["s3:PutObject", "s3:GetObject"]],
      ["secretsmanager", ["secretsmanager:GetSecretValue"]],
      ["kinesis-streams", ["kinesis:PutRecords"]],
    ]);
  });
});
