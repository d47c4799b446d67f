import * as dynamodb from "@pulumi/aws/dynamodb";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as mq from "@pulumi/aws/mq";
import * as rds from "@pulumi/aws/rds";
import * as s3 from "@pulumi/aws/s3";

/** Someone else's program, with everything that one regrets later. */
export function badProgram(): void {
  const vpc = new ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
  const open = new ec2.SecurityGroup("open", {
    vpcId: vpc.id,
    ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
  });
  new rds.Instance("database", {
    instanceClass: "db.t4g.micro",
    engine: "postgres",
    username: "postgres",
    publiclyAccessible: true,
    vpcSecurityGroupIds: [open.id],
  });
  new dynamodb.Table("orders", {
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
  });
  new s3.Bucket("data");
  new iam.Policy("everything", {
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  });
  new mq.Broker("broker", {
    brokerName: "broker",
    engineType: "RabbitMQ",
    engineVersion: "3.13",
    hostInstanceType: "mq.t3.micro",
    users: [],
  });
}
