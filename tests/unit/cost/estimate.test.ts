import { estimate, pricedRegion } from "../../../lib/cost/estimate";
import { UserError } from "../../../lib/core/user-error";
import type { ModuleUsage } from "../../../lib/cost/usage";
import { stack, using } from "./stack";

const region = "us-east-1";
const nat = { type: "aws:ec2/natGateway:NatGateway" };
const table = "aws:dynamodb/table:Table";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const onDemand = { billingMode: "PAY_PER_REQUEST" };

describe("an estimate", () => {
  it("names component, service, price and quantity of each charge", () => {
    expect(estimate(stack(nat), region, []).lines).toEqual([
      expect.objectContaining({
        component: "part",
        resource: "payments-part-resource-0",
        service: "VPC",
        price: "natGateway.hour",
        usdPerUnit: 0.045,
        quantity: 730,
        month: 0.045 * 730,
      }),
    ]);
  });

  it("keeps a name that does not begin with the stack's, and says what has no component", () => {
    const other = {
      type: "payments:area:Other",
      name: "other",
      urn: "other",
      parent: "payments",
    };
    const alone = { type: "payments:area:Alone", name: "alone", urn: "alone", parent: "" };
    const resources = stack(
      { ...nat, parent: "" },
      other,
      { ...nat, parent: "other" },
      alone,
      { ...nat, parent: "alone" },
      { ...nat, parent: "payments" },
    );
    const names = estimate(resources, region, []).lines.map(({ component }) => component);
    expect(names).toEqual(["(none)", "other", "alone", "payments"]);
  });

  it("reports a type that is neither priced nor known to be free", () => {
    const resources = stack({ type: "aws:dax/cluster:Cluster" });
    const { unknown, total } = estimate(resources, region, []);
    expect(unknown).toEqual([
      expect.objectContaining({
        resource: "payments-part-resource-0",
        because: "its price is not known",
      }),
    ]);
    expect(total.month).toBe(0);
  });

  it("lets alone what is free, components, and what exists in Pulumi's state only", () => {
    const resources = stack(
      { type: "aws:ec2/vpc:Vpc" },
      { type: "random:index/randomId:RandomId" },
      { type: "pulumi:providers:aws" },
    );
    const { lines, unknown } = estimate(resources, region, []);
    expect([lines, unknown]).toEqual([[], []]);
  });

  it("counts no price of another region for one that is unknown, and says how much it leaves out", () => {
    const { unknown, lines } = estimate(stack(nat), "eu-central-1", []);
    expect(unknown).toEqual([
      expect.objectContaining({
        because: "no price of natGateway.hour in eu-central-1",
        quantity: 730,
      }),
    ]);
    expect(lines).toEqual([]);
  });

  it("refuses a region without prices and names those that have some", () => {
    expect(pricedRegion("eu-central-1")).toBe("eu-central-1");
    expect(() => pricedRegion("mars-1")).toThrow(UserError);
    expect(() => pricedRegion("mars-1")).toThrow("us-east-1, eu-central-1");
  });
});

/** A module with a table of its own, which takes two units a page. */
const pages: ModuleUsage<"pagesPerMonth" | "unitsPerPage"> = {
  module: "pages",
  assumptions: {
    pagesPerMonth: { value: 1e6, unit: "pages", what: "Pages", because: "an example" },
    unitsPerPage: { value: 2, unit: "units", what: "Units of a page", because: "an example" },
  },
  work: { assumption: "pagesPerMonth", plural: "pages" },
  usageOf: (assumed, inputsAt) => {
    const writeUnits = assumed("pagesPerMonth") * assumed("unitsPerPage");
    const copies = inputsAt(table, "part/pages")?.["billingMode"] === "PROVISIONED" ? 0 : 1;
    const nothing = { readUnits: 0, tableBytes: 0, indexBytes: 0 };
    return { [table]: { "part/pages": { ...nothing, writeUnits: writeUnits * copies } } };
  },
};

describe("the use that modules declare", () => {
  const own = { type: table, name: "payments-part-pages", inputs: onDemand };

  it("of a module's own table prices that table: idle, in a month, and for a thousand more", () => {
    const { total, unknown } = estimate(stack(own), region, [pages]);
    expect(unknown).toEqual([]);
    expect(total.idle).toBe(0);
    expect(total.month).toBeCloseTo(2 * 0.625, 9);
    expect(total.nextThousand["pages"]).toBeCloseTo(0.002 * 0.625, 9);
  });

  it("follows from what is given for an assumption", () => {
    const { total } = estimate(stack(own), region, [pages], { unitsPerPage: 10 });
    expect(total.month).toBeCloseTo(10 * 0.625, 9);
  });

  it("says of each module what a thousand more of its own work add", () => {
    const posts: ModuleUsage<"postsPerMonth"> = {
      module: "posts",
      assumptions: {
        postsPerMonth: { value: 1, unit: "posts", what: "Posts", because: "an example" },
      },
      work: { assumption: "postsPerMonth", plural: "posts" },
      usageOf: (assumed) => ({
        [logGroup]: { "part/posts": { bytes: assumed("postsPerMonth") * 1024 ** 2 } },
      }),
    };
    const log = { type: logGroup, name: "payments-part-posts" };
    const { total } = estimate(stack(own, log), region, [pages, posts]);
    expect(total.nextThousand["pages"]).toBeCloseTo(0.002 * 0.625, 9);
    expect(total.nextThousand["posts"]).toBeCloseTo((1000 / 1024) * 0.5, 9);
  });

  it("by several modules of one resource is added up", () => {
    const part = using({ [logGroup]: { "part/resource-0": { bytes: 1024 ** 3 } } });
    const { lines } = estimate(stack({ type: logGroup }), region, [part, part]);
    expect(lines[0]).toMatchObject({ what: "logs ingested", quantity: 2 });
  });

  it.each([
    ["table", { type: table, inputs: onDemand }],
    ["function", { type: "aws:lambda/function:Function" }],
    ["API", { type: "aws:apigateway/stage:Stage" }],
    ["bucket", { type: "aws:s3/bucket:Bucket" }],
    ["log group", { type: logGroup }],
  ])(
    "leaves a second %s that nobody declares unknown, and every known amount as it is",
    (_kind, added) => {
      const second = { ...added, name: "payments-part-pages-2", urn: "second" };
      const before = estimate(stack(own), region, [pages]);
      const after = estimate(stack(own, second), region, [pages]);
      expect(after.lines).toEqual(before.lines);
      expect(after.unknown).toEqual([
        {
          component: "part",
          resource: "payments-part-pages-2",
          type: added.type,
          what: "its use",
          because: "no module declares its use",
        },
      ]);
    },
  );

  it("means no resource of that name in another component, of another type, or outside of a stack", () => {
    const component = (name: string, parent: string) => ({
      ...{ type: "payments:area:Part", name, parent },
      urn: name,
    });
    const resources = stack(
      component("payments-other", "payments"),
      { ...own, parent: "payments-other" },
      { type: logGroup, name: own.name },
      component("part", ""),
      { ...own, name: "part-pages", parent: "part" },
    );
    const { lines, unknown, unmatched } = estimate(resources, region, [pages]);
    expect(lines).toEqual([]);
    expect(unknown).toHaveLength(3);
    expect(unmatched).toEqual([{ module: "pages", type: table, place: "part/pages" }]);
  });
});
