import "../../function-environment";
import { existsSync } from "node:fs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../../../lib/lambda/payments/migrate";

const mockRunner = jest.fn();
const mockDatabase = { connect: jest.fn(), end: jest.fn(), on: jest.fn() };
const mockOpen = jest.fn<typeof mockDatabase, [unknown]>(() => mockDatabase);

jest.mock("node-pg-migrate", () => ({
  runner: (options: unknown): unknown => mockRunner(options),
}));
jest.mock("pg", () => ({
  Client: function Client(config: unknown) {
    return mockOpen(config);
  },
}));

const secrets = mockClient(SecretsManagerClient);
const context = { getRemainingTimeInMillis: () => 60_000 };
const logged = () =>
  [console.info, console.error]
    .flatMap((method) => jest.mocked(method).mock.calls)
    .map((call) => JSON.stringify(call))
    .join("\n");

beforeEach(() => {
  jest.clearAllMocks();
  jest.spyOn(console, "info").mockReturnValue();
  jest.spyOn(console, "error").mockReturnValue();
  mockDatabase.connect.mockResolvedValue(undefined);
  mockRunner.mockResolvedValue([{ name: "0001_ledger" }]);
  secrets.reset();
  secrets
    .on(GetSecretValueCommand, { SecretId: process.env["DB_SECRET_ARN"] })
    .resolves({ SecretString: '{"username":"payments_admin","password":"hunter2"}' });
});

describe("the migration", () => {
  it("returns which migrations it applied", async () => {
    await expect(handler({}, context)).resolves.toEqual({ applied: ["0001_ledger"] });
  });

  it("signs in as the master user of the secret, over verified TLS, with time for long statements", async () => {
    await handler({}, context);

    expect(mockOpen.mock.calls).toEqual([
      [
        expect.objectContaining({
          host: "database.example",
          user: "payments_admin",
          password: "hunter2",
          ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2" },
          statement_timeout: 55_000,
          query_timeout: 55_000,
        }),
      ],
    ]);
    expect(mockDatabase.end).toHaveBeenCalledTimes(1);
  });

  it("applies the files beside it in a transaction each, waiting for a run that is in progress", async () => {
    await handler({}, context);
    const [[options] = []] = mockRunner.mock.calls as { dir: string }[][];

    expect(options).toMatchObject({
      dbClient: mockDatabase,
      direction: "up",
      migrationsSchema: "migrations",
      createMigrationsSchema: true,
      migrationsTable: "applied",
      singleTransaction: false,
      advisoryLockMode: "wait",
    });
    expect(existsSync(`${options?.dir ?? ""}/0001_ledger.sql`)).toBe(true);
  });

  it.each([
    ["an error", new Error('relation "x" exists'), 'The migration failed: relation "x" exists'],
    ["anything else", "gone", "The migration failed: gone"],
  ])("fails with a clear message for %s and closes the connection", async (_, failure, message) => {
    mockRunner.mockRejectedValue(failure);

    await expect(handler({}, context)).rejects.toThrow(message);
    expect(mockDatabase.end).toHaveBeenCalledTimes(1);
  });

  it("survives a connection that breaks between statements", async () => {
    await handler({}, context);
    const [[event, listener] = []] = mockDatabase.on.mock.calls as [string, () => void][];

    expect(event).toBe("error");
    expect(listener).not.toThrow();
  });

  it.each([
    ["no JSON", "hunter2"],
    ["another shape", '{"password":"hunter2"}'],
    ["empty", undefined],
  ])("never discloses a secret that is %s", async (_, SecretString) => {
    secrets.on(GetSecretValueCommand).resolves({ ...(SecretString && { SecretString }) });

    await expect(handler({}, context)).rejects.toThrow(
      "The secret in DB_SECRET_ARN is not a JSON object with username and password",
    );
    expect(logged()).not.toContain("hunter2");
  });

  it("logs what it applied and no secret", async () => {
    await handler({}, context);

    expect(logged()).toContain("0001_ledger");
    expect(logged()).not.toContain("hunter2");
  });
});
