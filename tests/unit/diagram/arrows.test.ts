import { tokens } from "../../../lib/diagram/tokens";
import { arrows, diagram, resource } from "./test-diagram";

const role = resource(tokens.role, "role");
const reader = resource(tokens.function, "reader", { from: { role: ["role"] } });

/** A policy of the reader's role. */
function policy(statements: readonly unknown[], ...sources: readonly string[]) {
  return resource(tokens.rolePolicy, "policy", {
    inputs: { policy: { Version: "2012-10-17", Statement: statements } },
    from: { role: ["role"], policy: sources },
  });
}

const allow = (Action: string | string[], Resource: string | string[]) => ({
  Effect: "Allow",
  Action,
  Resource,
});

describe("arrows from a function", () => {
  const bucket = (name: string) =>
    resource(tokens.bucket, name, { inputs: { bucket: `${name}-0a1b` } });

  it("lead to what its role's policies grant", () => {
    expect(
      arrows(
        diagram(
          role,
          reader,
          bucket("audit"),
          policy([allow("s3:GetObject", "arn:aws:s3:::audit-0a1b/*")], "audit"),
        ),
      ),
    ).toEqual(["function:reader -> bucket:audit"]);
  });

  it("lead to an API that it calls, and to the user pool whose users it deletes", () => {
    expect(
      arrows(
        diagram(
          role,
          reader,
          resource(tokens.restApi, "payments"),
          resource(tokens.userPool, "users"),
          policy(
            [
              allow("execute-api:Invoke", "arn:aws:execute-api:::a1/dev/POST/payment"),
              allow("cognito-idp:AdminDeleteUser", "arn:aws:cognito-idp:::userpool/x"),
            ],
            "payments",
            "users",
          ),
        ),
      ),
    ).toEqual([
      "callers -> api:payments",
      "function:reader -> api:payments",
      "function:reader -> users:users",
    ]);
  });

  it("lead to the buckets that a statement names, of those that its policy knows", () => {
    expect(
      arrows(
        diagram(
          role,
          reader,
          bucket("audit"),
          bucket("audit-2"),
          policy([allow(["s3:GetObject"], ["arn:aws:s3:::audit-0a1b/*"])], "audit", "audit-2"),
        ),
      ),
    ).toEqual(["function:reader -> bucket:audit"]);
  });

  it("do not lead to what is denied, to a stream, nor to what the stack does not have", () => {
    const table = resource(tokens.table, "table");

    expect(
      arrows(
        diagram(
          role,
          reader,
          table,
          policy(
            [
              { Effect: "Deny", Action: "dynamodb:*", Resource: "*" },
              allow("dynamodb:GetRecords", "arn:aws:dynamodb:::table/table/stream/2026"),
              allow("xray:PutTraceSegments", "*"),
            ],
            "table",
          ),
        ),
      ),
    ).toEqual([]);
    expect(
      arrows(
        diagram(
          role,
          reader,
          table,
          resource(tokens.rolePolicy, "policy", { from: { role: ["role"], policy: ["table"] } }),
        ),
      ),
    ).toEqual([]);
  });

  it("lead to the secret that RDS manages, not to the database, for the permission to read it", () => {
    const database = (manageMasterUserPassword: boolean) =>
      resource(tokens.database, "db", { inputs: { manageMasterUserPassword } });
    const statements = [
      allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:::secret:x"),
    ];

    expect(arrows(diagram(role, reader, database(true), policy(statements, "db")))).toEqual([
      "function:reader -> secret:db",
    ]);
    expect(arrows(diagram(role, reader, database(false), policy(statements, "db")))).toEqual([]);
  });

  it("are one for all reasons, and name each", () => {
    const table = resource(tokens.table, "table");
    const failures = bucket("failures");
    const mapping = resource(tokens.eventSourceMapping, "mapping", {
      from: {
        eventSourceArn: ["table"],
        functionName: ["reader"],
        destinationConfig: ["failures"],
      },
    });

    expect(
      diagram(
        role,
        reader,
        table,
        failures,
        mapping,
        policy([allow("s3:PutObject", "*")], "failures"),
      ).arrows,
    ).toEqual([
      {
        from: "table:table",
        to: "function:reader",
        kind: "event",
        label: "stream",
        because: ["mapping"],
      },
      {
        from: "function:reader",
        to: "bucket:failures",
        kind: "request",
        because: ["mapping", "policy"],
      },
    ]);
  });
});

describe("arrows to an API", () => {
  const api = resource(tokens.restApi, "api");
  const stage = resource(tokens.stage, "stage", { from: { restApi: ["api"] } });
  const acl = resource(tokens.webAcl, "acl");
  const associated = (webAcl: string) =>
    resource(tokens.webAclAssociation, "association", {
      from: { resourceArn: ["stage"], webAclArn: [webAcl] },
    });

  it("come from callers, through the web ACL of its stage", () => {
    expect(arrows(diagram(api, stage, acl))).toEqual(["callers -> api:api"]);
    expect(arrows(diagram(api, stage, acl, associated("acl")))).toEqual([
      "callers -> waf:acl",
      "waf:acl -> api:api",
    ]);
  });

  it("come from the zone whose record names its domain", () => {
    const names = [
      resource(tokens.domainName, "domain"),
      resource(tokens.basePathMapping, "mapping", {
        from: { domainName: ["domain"], restApi: ["api"] },
      }),
    ];
    const record = (from: Record<string, string[]>) => resource(tokens.record, "record", { from });
    const zone = resource(tokens.zone, "zone");

    expect(
      arrows(diagram(api, ...names, zone, record({ zoneId: ["zone"], aliases: ["domain"] }))),
    ).toContain("zone:zone -> api:api");
    expect(arrows(diagram(api, ...names, zone, record({ aliases: ["domain"] })))).toEqual([
      "callers -> api:api",
    ]);
  });

  it("go on to the functions that it integrates, and to nothing that is not drawn", () => {
    const integration = (uri: string) =>
      resource(tokens.integration, "integration", { from: { restApi: ["api"], uri: [uri] } });

    expect(arrows(diagram(api, reader, integration("reader")))).toContain(
      "api:api -> function:reader",
    );
    expect(arrows(diagram(api, role, integration("role")))).toEqual(["callers -> api:api"]);
  });
});

describe("arrows of an API's authorizer", () => {
  it("lead to the user pools whose tokens it takes", () => {
    const authorizer = resource(tokens.authorizer, "authorizer", {
      from: { restApi: ["api"], providerArns: ["users"] },
    });
    const api = resource(tokens.restApi, "api");

    expect(arrows(diagram(api, resource(tokens.userPool, "users"), authorizer))).toContain(
      "api:api -> users:users",
    );
  });
});

describe("arrows of alarms", () => {
  it("lead to their topics", () => {
    const alarm = resource(tokens.alarm, "alarm", { from: { alarmActions: ["topic"] } });

    expect(arrows(diagram(alarm, resource(tokens.topic, "topic")))).toEqual([
      "cloudwatch -> topic:topic",
    ]);
    expect(arrows(diagram(alarm))).toEqual([]);
  });
});

describe("arrows between security groups", () => {
  const group = (name: string) => resource(tokens.securityGroup, name);
  const rule = resource(tokens.ingressRule, "rule", {
    inputs: { ipProtocol: "tcp", fromPort: 5432 },
    from: { referencedSecurityGroupId: ["callers-group"], securityGroupId: ["called-group"] },
  });
  const database = resource(tokens.database, "db", {
    from: { vpcSecurityGroupIds: ["called-group"] },
  });
  const caller = (name: string, more: Record<string, string[]> = {}) =>
    resource(tokens.function, name, { from: { vpcConfig: ["callers-group"], ...more } });

  it("lead from the only member of one to that of another, with the port", () => {
    expect(
      diagram(group("callers-group"), group("called-group"), rule, database, caller("one")).arrows,
    ).toEqual([
      {
        from: "function:one",
        to: "database:db",
        kind: "request",
        label: "tcp 5432",
        because: ["rule"],
      },
    ]);
  });

  it("are none if a group has no member, or leads to an endpoint, which is on the way only", () => {
    const endpoint = resource(tokens.endpoint, "endpoint", {
      from: { securityGroupIds: ["called-group"] },
    });
    const groups = [group("callers-group"), group("called-group"), rule];

    expect(arrows(diagram(...groups, caller("one")))).toEqual([]);
    expect(arrows(diagram(...groups, caller("one"), endpoint))).toEqual([]);
  });
});
