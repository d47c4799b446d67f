import { drawn } from "../../../bin/diagram/engine";
import { pngOf } from "../../../bin/operations/png";
import { arranged } from "../../../lib/diagram/arrange";
import { linesOf } from "../../../lib/diagram/graphviz";
import { readLayout } from "../../../lib/diagram/layout";
import { svgOf } from "../../../lib/diagram/svg";
import { diagramThemes } from "../../../lib/diagram/theme";
import { tokens } from "../../../lib/diagram/tokens";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { diagram, resource } from "./test-diagram";

const api = resource(tokens.restApi, "orders");
const payment = resource(tokens.function, "payment", {
  inputs: { description: 'Answers "the" API & <more>' },
});
const integration = resource(tokens.integration, "integration", {
  from: { restApi: ["orders"], uri: ["payment"] },
});
const mapping = resource(tokens.eventSourceMapping, "mapping", {
  from: { eventSourceArn: ["table"], functionName: ["payment"] },
});
const table = resource(tokens.table, "table");

describe("a picture", () => {
  it("shows every node and box, with text that is safe in markup", async () => {
    const svg = (await drawn(diagram(api, payment, integration)))("light");

    for (const says of ["Callers", "REST API", "payment", "AWS · one region"]) {
      expect(svg).toContain(`>${says}</text>`);
    }
    expect(svg).toContain("Answers &quot;the&quot; API &amp; &lt;more>");
  });

  it("is the same each time", async () => {
    const draw = await drawn(diagram(api, payment, integration));
    const again = await drawn(diagram(integration, payment, api));

    expect(again("dark")).toBe(draw("dark"));
  });

  it("is drawn in a theme's colours", async () => {
    const draw = await drawn(diagram(table));

    expect(draw("light")).toContain(diagramThemes.light.text);
    expect(draw("dark")).toContain(diagramThemes.dark.text);
    expect(draw("dark")).not.toContain(diagramThemes.light.text);
  });

  it("reports how much it does not show, and which types it does not know", async () => {
    const queue = (name: string) => resource("aws:sqs/queue:Queue", name);
    const bus = resource("aws:cloudwatch/eventBus:EventBus", "bus");
    const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "policy");

    expect((await drawn(diagram(table, bus, queue("a"), queue("b"), policy)))("light")).toContain(
      ">5 resources, 1 of them details that are not drawn; unknown to this picture, and not drawn: " +
        "2 × aws:sqs/queue:Queue, 1 × aws:cloudwatch/eventBus:EventBus<",
    );
    expect((await drawn(diagram(table)))("light")).toContain(
      ">1 resource, 0 of them details that are not drawn<",
    );
  });

  it("draws events dashed, with their label", async () => {
    const svg = (await drawn(diagram(table, payment, mapping)))("light");

    expect(svg.match(/<path [^>]*stroke-dasharray="7 4"/g)).toHaveLength(2);
    expect(svg).toContain(">stream<");
  });

  it("becomes a PNG of the given width, with text", async () => {
    const svg = (await drawn(diagram(table)))("light");
    const png = pngOf(svg, 300);
    const withoutText = pngOf(svg.replace(/<text[^]*?<\/text>/g, ""), 300);

    expect(png.readUInt32BE(16)).toBe(300);
    expect(png.equals(withoutText)).toBe(false);
  });
});

describe("an arrow of a whole security group", () => {
  const rule = resource(tokens.ingressRule, "rule", {
    inputs: { ipProtocol: "tcp", fromPort: 5432 },
    from: { referencedSecurityGroupId: ["group"], securityGroupId: ["others"] },
  });
  const network = [
    resource(tokens.vpc, "vpc"),
    resource(tokens.subnet, "subnet", { from: { vpcId: ["vpc"] } }),
    resource(tokens.securityGroup, "group"),
    resource(tokens.securityGroup, "others"),
    rule,
    ...["one", "two"].map((name) =>
      resource(tokens.function, name, { from: { vpcConfig: ["subnet", "group"] } }),
    ),
  ];
  const members = { vpcSecurityGroupIds: ["others"] };

  async function ends(...resources: readonly RecordedResource[]) {
    const svg = (await drawn(diagram(...network, ...resources)))("light");
    const [, start, end] = /d="M([\d.]+),[\d.]+ C.* ([\d.]+),[\d.]+"/.exec(svg) ?? [];
    return { start: Number(start), end: Number(end), svg };
  }

  it("goes straight down from its box", async () => {
    const { start, end, svg } = await ends(
      resource(tokens.databaseSubnets, "subnets", { from: { subnetIds: ["subnet"] } }),
      resource(tokens.database, "db", {
        from: { ...members, dbSubnetGroupName: ["subnets"] },
      }),
    );

    expect(svg).toContain(">tcp 5432<");
    expect(end).toBe(start);
  });
});

describe("a zone that resolves an API's name", () => {
  it("stands beside it: it names what is called, and is on no request's way", () => {
    const names = [
      resource(tokens.domainName, "domain"),
      resource(tokens.basePathMapping, "name", {
        from: { domainName: ["domain"], restApi: ["orders"] },
      }),
      resource(tokens.record, "record", { from: { zoneId: ["zone"], aliases: ["domain"] } }),
      resource(tokens.zone, "zone"),
    ];
    const { legs } = linesOf(diagram(api, ...names));

    expect(legs.filter(({ tail }) => tail === "zone:zone")).toMatchObject([
      { head: "api:orders", ranks: 0 },
    ]);
  });
});

describe("an arrow of a function to an API of the stack", () => {
  it("goes up to it: requests come in there", async () => {
    const caller = resource(tokens.function, "caller", {
      from: { role: ["role"], vpcConfig: ["subnet"] },
    });
    const policy = resource(tokens.rolePolicy, "policy", {
      inputs: {
        policy: {
          Statement: [
            {
              Effect: "Allow",
              Action: "execute-api:Invoke",
              Resource: "arn:aws:execute-api:::a1/dev/GET/orders",
            },
          ],
        },
      },
      from: { role: ["role"], policy: ["orders"] },
    });
    const svg = (
      await drawn(
        diagram(
          resource(tokens.vpc, "vpc"),
          resource(tokens.subnet, "subnet", { from: { vpcId: ["vpc"] } }),
          resource(tokens.role, "role"),
          caller,
          policy,
          api,
        ),
      )
    )("light");
    const up = [...svg.matchAll(/d="M[\d.]+,([\d.]+) C.* [\d.]+,([\d.]+)"/g)].filter(
      ([, start, end]) => Number(end) < Number(start),
    );

    expect(up).toHaveLength(1);
  });
});

describe("a label", () => {
  it("stands at the middle of its line, which may be a curve of several pieces", () => {
    const pool = resource(tokens.userPool, "pool");
    const authorizer = resource(tokens.authorizer, "authorizer", {
      from: { restApi: ["orders"], providerArns: ["pool"] },
    });
    const pictured = diagram(api, pool, authorizer);
    const node = { width: "1", height: "1" };
    const arrangement = arranged(pictured, () => ({
      bb: "0,0,1000,1000",
      objects: [
        { name: "api:orders", pos: "500,900", ...node },
        { name: "users:pool", pos: "100,100", ...node },
        { name: "cluster_region", bb: "0,0,1000,1000" },
      ],
      edges: [
        {
          id: "api:orders -> users:pool",
          pos: "500,900 500,850 500,850 500,800 500,700 300,700 300,600 300,400 100,400 100,100",
        },
      ],
    }));

    // the middle of the second piece of three is 400,700 from below, which is 300 from above
    expect(svgOf(pictured, arrangement, "light")).toMatch(
      /<text x="410" y="304"[^>]*>tokens<\/text>/,
    );
  });
});

describe("a layout", () => {
  const empty = { bb: "0,0,10,10", objects: [], edges: [] };

  it("has everything that is drawn, or says what it lacks", () => {
    expect(() => readLayout(empty).node("ledger")).toThrow("the layout has no ledger");
    expect(() => readLayout({ ...empty, edges: [{ id: "a -> b", pos: "1,1" }] })).toThrow(
      "a -> b has no line",
    );
  });

  it("is the clearest of several: without a crossing, if one of them has none", () => {
    const node = (name: string, x: number, y: number) => ({
      name,
      pos: `${String(x)},${String(y)}`,
      width: "1",
      height: "1",
    });
    const names = { caller: "function:payment", table: "table:table", api: "api:orders" };
    let attempts = 0;
    const { layout } = arranged(diagram(api, payment, integration), () => {
      attempts += 1;
      return {
        bb: "0,0,1000,1000",
        objects: [
          node(names.api, attempts === 3 ? 10 : 900, 500),
          node(names.caller, 10, 100),
          { name: "cluster_region", bb: "0,0,1000,1000" },
        ],
        edges: [
          {
            id: `${names.api} -> ${names.caller}`,
            pos: attempts === 3 ? "10,500 10,400 10,200 10,100" : "900,500 800,400 100,200 10,100",
          },
        ],
      };
    });

    expect(attempts).toBeGreaterThan(3);
    expect(layout.node(names.api).x).toBeLessThan(100);
  });

  it("is one in which no line runs behind a node, if there is one", () => {
    let attempts = 0;
    const { layout } = arranged(diagram(api, payment, integration, table), () => {
      attempts += 1;
      const place = (name: string, pos: string) => ({ name, pos, width: "1", height: "1" });
      return {
        bb: "0,0,1000,1000",
        objects: [
          place("api:orders", "500,900"),
          place("function:payment", "500,100"),
          place("table:table", attempts === 3 ? "900,500" : "500,500"),
          { name: "cluster_region", bb: "0,0,1000,1000" },
        ],
        edges: [{ id: "api:orders -> function:payment", pos: "500,900 500,700 500,300 500,100" }],
      };
    });

    expect(layout.node("table:table").x).toBeGreaterThan(800);
  });
});
