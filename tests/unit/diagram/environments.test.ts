import * as fs from "node:fs";
import { environmentPictures } from "../../../bin/diagram/pictures";
import { diagramOf } from "../../../lib/diagram/diagram";
import type { Diagram } from "../../../lib/diagram/types";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

const graphs = new Map<EnvironmentType, ProgramGraph>();
const diagrams = {} as Record<EnvironmentType, Diagram>;

beforeAll(async () => {
  for (const environment of environmentTypes) {
    const graph = await environmentGraph(environment);
    graphs.set(environment, graph);
    diagrams[environment] = diagramOf(graph, { stack: environment });
  }
}, 120_000);

const node = (environment: EnvironmentType, id: string) =>
  diagrams[environment].nodes.find((one) => one.id.startsWith(id));
const box = (environment: EnvironmentType, kind: string) =>
  diagrams[environment].boxes.find((one) => one.kind === kind);
const arrows = (environment: EnvironmentType) =>
  diagrams[environment].arrows.map(({ from, to }) => {
    const title = (id: string) =>
      [...diagrams[environment].nodes, ...diagrams[environment].boxes].find((one) => one.id === id)
        ?.title;
    return `${String(title(from))} -> ${String(title(to))}`;
  });

describe("the pictures of the environments", () => {
  it("are what the program registers today (npm run docs)", async () => {
    const pictures = await environmentPictures((environment) => {
      const graph = graphs.get(environment);
      return graph === undefined ? Promise.reject(new Error(environment)) : Promise.resolve(graph);
    });

    expect(Object.keys(pictures)).toHaveLength(6);
    for (const [file, svg] of Object.entries(pictures)) {
      expect({ file, isStale: fs.readFileSync(file, "utf8") !== svg }).toEqual({
        file,
        isStale: false,
      });
    }
  });

  it.each(environmentTypes)("show %s at a glance", (environment) => {
    expect(diagrams[environment].nodes.length).toBeLessThanOrEqual(25);
  });

  // which has all types that there are without modules, too
  it.each(environmentTypes)("know every type of %s with every module on", async (environment) => {
    const graph = await environmentGraph(environment, ["all"]);

    expect(diagramOf(graph, { stack: environment }).unknown).toEqual({});
  });

  it("show the web ACL where there is one: in prod, between callers and API", () => {
    expect(environmentTypes.filter((one) => node(one, "waf") !== undefined)).toEqual(["prod"]);
    expect(arrows("prod")).toEqual(
      expect.arrayContaining(["Callers -> web ACL", "web ACL -> REST API"]),
    );
    expect(arrows("dev")).toContain("Callers -> REST API");
  });

  it("show that the payments have no way to the internet", () => {
    for (const environment of environmentTypes) {
      expect(node(environment, "nat")).toBeUndefined();
      expect(box(environment, "public")).toBeUndefined();
      expect(box(environment, "private")?.title).toBe("3 private subnets, no way to the internet");
    }
  });

  it.each([
    ["dev", "1 gateway"],
    ["prod", "3 gateways"],
  ] as const)(
    "show in %s the NAT gateways of a module that calls the internet, and the subnets that they are in",
    async (environment, gateways) => {
      const graph = await environmentGraph(environment, ["storefront"]);
      const { nodes, boxes } = diagramOf(graph, { stack: environment });

      expect(nodes.find(({ id }) => id.startsWith("nat"))?.title).toBe(gateways);
      expect(boxes.find(({ kind }) => kind === "public")?.title).toBe("3 public subnets");
      expect(boxes.find(({ kind }) => kind === "private")?.title).toBe(
        "3 private subnets, out through NAT",
      );
    },
  );

  it("show what prod protects its data with", () => {
    expect(node("dev", "bucket:payments-audit")?.details).toEqual(["versioned"]);
    expect(node("prod", "bucket:payments-audit")?.details).toEqual(["versioned", "Object Lock"]);
    expect(node("dev", "database")?.details).not.toContain("Multi-AZ");
    expect(node("prod", "database")?.details).toContain("Multi-AZ");
  });

  it("show every path of data in prod, and no other", () => {
    expect(arrows("prod").sort()).toEqual([
      "25 alarms -> alarms",
      "Callers -> web ACL",
      "REST API -> accounts",
      "REST API -> payment",
      "accounts -> transactions",
      "ledger -> audit",
      "ledger -> dead letters",
      "migrate -> master password",
      "payment -> idempotency",
      "payment -> transactions",
      "reconcile -> audit",
      "reconcile -> transactions",
      "reconcile schedule -> reconcile",
      "security group: functions -> database",
      "transactions -> ledger",
      "web ACL -> REST API",
    ]);
  });

  it("name the endpoint that a path passes through, and the resources that it follows from", () => {
    const audit = diagrams.prod.arrows.find(({ to }) => to === "bucket:payments-audit-bucket");

    expect(audit).toMatchObject({
      via: "endpoint:payments-network-s3-endpoint",
      because: ["payments-ledger-policy"],
    });
  });

  it("count an alarm at each node that it monitors", () => {
    const alarms = diagrams.prod.nodes.reduce((sum, one) => sum + one.alarms, 0);

    // the throttles of both tables are one alarm, and so are database and reconcile function; what Lambda
    // discarded is monitored at the stream's mapping, which is an arrow, and a certificate is not drawn
    expect(node("prod", "cloudwatch")?.title).toBe("25 alarms");
    expect(alarms).toBe(25 + 2 - 1 - 1);
  });

  it("mark what the stack's keys encrypt", () => {
    expect(diagrams.prod.nodes.filter((one) => one.encrypted).map(({ title }) => title)).toEqual([
      "idempotency",
      "transactions",
      "database",
      "audit",
      "dead letters",
      "alarms",
      "master password",
    ]);
  });
});
