import "../function-environment";
import { EventEmitter } from "node:events";
import type { PoolConfig } from "pg";
import { databaseFor, withDatabase } from "../../../../lib/lambda/database/connection";

const mockPools: { config: PoolConfig; pool: EventEmitter }[] = [];
const release = jest.fn();
const mockClient = Object.assign(new EventEmitter(), { query: jest.fn(), release });

jest.mock("pg", () => ({
  Pool: class extends EventEmitter {
    constructor(config: PoolConfig) {
      super();
      mockPools.push({ config, pool: this });
    }
    connect = () => {
      this.emit("connect", mockClient);
      return Promise.resolve(mockClient);
    };
  },
}));

const opened = () => {
  const [first] = mockPools;
  if (first === undefined) throw new Error("no pool was opened");
  return first;
};

describe("the connection to the database", () => {
  beforeEach(() => {
    release.mockReset();
  });

  it("is opened by the first invocation and reused by the next", async () => {
    await expect(withDatabase((client) => Promise.resolve(client))).resolves.toBe(mockClient);
    await withDatabase(() => Promise.resolve());

    expect(mockPools).toHaveLength(1);
    expect(release.mock.calls).toEqual([[], []]);
  });

  it("is closed when the work failed, whatever the reason", async () => {
    const failure = new Error("no");

    await expect(withDatabase(() => Promise.reject(failure))).rejects.toBe(failure);

    expect(release.mock.calls).toEqual([[true]]);
  });

  it("verifies the server, has its timeouts, and is the only one of the process", () => {
    expect(opened().config).toEqual({
      host: "database.example",
      port: 5432,
      database: "payments",
      user: "ledger_writer",
      password: expect.any(Function) as unknown,
      ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 8_000,
      query_timeout: 10_000,
      idle_in_transaction_session_timeout: 10_000,
      max: 1,
      idleTimeoutMillis: 0,
    });
  });

  it("has shorter timeouts where a caller of the API waits", async () => {
    await databaseFor("interactive")(() => Promise.resolve());

    expect(mockPools.at(-1)?.config).toMatchObject({
      connectionTimeoutMillis: 1_000,
      statement_timeout: 1_000,
      query_timeout: 1_500,
      idle_in_transaction_session_timeout: 2_000,
    });
  });

  it("signs in with an IAM token of the function's own role, made anew each time", async () => {
    const { password } = opened().config;
    if (typeof password !== "function") throw new Error("no function");
    const token = new URL(`https://${await password()}`);

    expect(token.host).toBe("database.example:5432");
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: "connect",
      DBUser: "ledger_writer",
      "X-Amz-Expires": "900",
      "X-Amz-Credential": expect.stringContaining("/eu-central-1/rds-db/aws4_request") as unknown,
    });
  });

  it("does not end the process when it breaks, idle or in use", () => {
    expect(opened().pool.emit("error", new Error("gone"))).toBe(true);
    expect(mockClient.emit("error", new Error("gone"))).toBe(true);
  });
});
