import { estimate } from "../../../lib/cost/estimate";
import {
  combined,
  grouped,
  idleShown,
  nextThousandShown,
  priceDates,
  sideBySide,
  unknownKinds,
  unmatchedUses,
} from "../../../lib/cost/summary";
import { stack, using } from "./stack";

const region = "us-east-1";
const nat = { type: "aws:ec2/natGateway:NatGateway" };
const zone = { type: "aws:route53/zone:Zone", parent: "payments" };
const cluster = { type: "aws:dax/cluster:Cluster" };
const large = { stack: "large", ...estimate(stack(nat, nat, zone), region, []) };
const small = { stack: "small", ...estimate(stack(zone, cluster), region, []) };

describe("a summary", () => {
  it("has the dearest component first", () => {
    expect(grouped(large.lines, "component").map(({ name }) => name)).toEqual(["part", "payments"]);
    expect(grouped(large.lines, "service").map(({ name }) => name)).toEqual(["VPC", "Route 53"]);
  });

  it("puts together what is charged for the same", () => {
    expect(combined(large.lines)[0]).toMatchObject({
      component: "part",
      resources: 2,
      quantity: 1460,
      month: 65.7,
    });
  });

  it("puts stacks side by side, without what rounds to nothing", () => {
    const rows = sideBySide([large, small], "component", idleShown);
    expect(rows.map(({ name, groups }) => [name, groups.map((group) => group?.idle)])).toEqual([
      ["part", [65.7, undefined]],
      ["payments", [0.5, 0.5]],
    ]);
    expect(sideBySide([large, small], "service", nextThousandShown("payments"))).toEqual([]);
  });

  it("says how old the prices are", () => {
    expect(priceDates([large])).toEqual({ oldest: "2024-07-01", newest: "2024-07-01" });
  });

  it("gives each reason of what is unknown once, with where it is", () => {
    const again = { ...small, stack: "again" };
    expect(unknownKinds([small, large, again])).toEqual([
      {
        because: "its price is not known",
        stacks: ["small", "again"],
        of: ["payments-part-resource-1 (aws:dax/cluster:Cluster), everything"],
      },
    ]);
  });

  it("says how many units are left out where only the price is unknown", () => {
    const frankfurt = { stack: "frankfurt", ...estimate(stack(nat), "eu-central-1", []) };
    expect(unknownKinds([frankfurt])[0]?.of).toEqual([
      "payments-part-resource-0 (aws:ec2/natGateway:NatGateway), NAT gateway: 730 units",
    ]);
  });

  it("lists what modules declare and a stack does not have", () => {
    const usage = { "aws:kms/key:Key": { "part/a": { requests: 1 }, "part/b": { requests: 1 } } };
    const lacking = { stack: "lacking", ...estimate(stack(nat), region, [using(usage)]) };
    expect(unmatchedUses([large, lacking])).toEqual(["lacking: part/a (test), part/b (test)"]);
  });
});
