import { dynamodbRules } from "../../../../lib/policy/rules/dynamodb";
import { unknownValue } from "../../../../lib/policy/policy-graph";
import { describeRules, resource } from "../rule-cases";

const tableType = "aws:dynamodb/table:Table";
const replicaType = "aws:dynamodb/tableReplica:TableReplica";
const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
const dimensions = ["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"];

/** Scaling of a table's dimensions, by kinds of resources, that names the table by its id or its output. */
function scaling(
  by: "id" | "output",
  kinds: readonly string[],
  scaled: readonly string[] = dimensions,
) {
  return kinds.flatMap((kind) =>
    scaled.map((scalableDimension) =>
      resource(
        kind,
        { scalableDimension, ...(by === "id" && { resourceId: "table/payments" }) },
        {
          name: `${kind} ${scalableDimension}`,
          ...(by === "output" && { from: { resourceId: "subject" } }),
        },
      ),
    ),
  );
}

const target = "aws:appautoscaling/target:Target";
const policy = "aws:appautoscaling/policy:Policy";
const provisioned = resource(tableType, { name: "payments", billingMode: "PROVISIONED" });

const policyOf = (Principal: unknown) => ({
  policy: JSON.stringify({
    Statement: { Effect: "Allow", Principal, Action: "dynamodb:GetItem", Resource: "*" },
  }),
});

describeRules("rules for DynamoDB", dynamodbRules, [
  {
    rule: "DynamoDB.1",
    passes: [
      { billingMode: "PAY_PER_REQUEST" },
      [provisioned, ...scaling("id", [target, policy])],
      [resource(tableType, {}), ...scaling("output", [target, policy])],
    ],
    fails: [
      { given: {}, at: ["billingMode"] },
      { given: { billingMode: "PROVISIONED" }, at: ["billingMode"] },
      { given: [provisioned, ...scaling("id", [target])], at: ["billingMode"] },
      {
        given: [provisioned, ...scaling("id", [target, policy], dimensions.slice(1))],
        at: ["billingMode"],
      },
      {
        given: [resource(tableType, { name: "another" }), ...scaling("id", [target, policy])],
        at: ["billingMode"],
      },
    ],
  },
  {
    rule: "DynamoDB.2",
    passes: [
      { pointInTimeRecovery: { enabled: true } },
      {
        pointInTimeRecovery: { enabled: true },
        replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true }],
      },
      [resource(replicaType, { pointInTimeRecovery: true })],
    ],
    fails: [
      { given: {}, at: ["pointInTimeRecovery.enabled"] },
      {
        given: { pointInTimeRecovery: { enabled: false } },
        at: ["pointInTimeRecovery.enabled"],
      },
      {
        given: {
          pointInTimeRecovery: { enabled: true },
          replicas: [
            { regionName: "eu-west-1", pointInTimeRecovery: true },
            { regionName: "eu-west-2" },
          ],
        },
        at: ["replicas.1.pointInTimeRecovery"],
      },
      { given: [resource(replicaType, {})], at: ["pointInTimeRecovery"] },
    ],
  },
  {
    rule: "DynamoDB.6",
    passes: [
      { deletionProtectionEnabled: true },
      [resource(replicaType, { deletionProtectionEnabled: true })],
    ],
    fails: [
      { given: {}, at: ["deletionProtectionEnabled"] },
      { given: [resource(replicaType, {})], at: ["deletionProtectionEnabled"] },
    ],
  },
  {
    rule: "Data.6",
    passes: [
      { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } },
      { serverSideEncryption: { enabled: true, kmsKeyArn: unknownValue } },
      {
        serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
        replicas: [{ regionName: "eu-west-1", kmsKeyArn: keyArn }],
      },
      [resource(replicaType, { kmsKeyArn: keyArn })],
    ],
    fails: [
      { given: {}, at: ["serverSideEncryption.enabled"] },
      {
        given: { serverSideEncryption: { enabled: false, kmsKeyArn: keyArn } },
        at: ["serverSideEncryption.enabled"],
      },
      {
        given: { serverSideEncryption: { enabled: true } },
        at: ["serverSideEncryption.kmsKeyArn"],
      },
      {
        given: { serverSideEncryption: { enabled: true, kmsKeyArn: "arn:alias/aws/dynamodb" } },
        at: ["serverSideEncryption.kmsKeyArn"],
      },
      {
        given: {
          serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
          replicas: [{ regionName: "eu-west-1" }],
        },
        at: ["replicas.0.kmsKeyArn"],
      },
      { given: [resource(replicaType, {})], at: ["kmsKeyArn"] },
    ],
  },
  {
    rule: "Data.7",
    passes: [policyOf({ AWS: "arn:aws:iam::123456789012:role/reader" })],
    fails: [
      { given: policyOf("*"), at: ["policy"] },
      { given: policyOf({ AWS: ["*"] }), at: ["policy"] },
      { given: { policy: "no document" }, at: ["policy"] },
    ],
  },
]);
