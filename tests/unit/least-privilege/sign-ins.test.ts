import { signIns } from "../../least-privilege/sign-ins";

const location = {
  region: "eu-central-1",
  accountId: "123456789012",
  resourceId: "db-1",
  masterUser: "payments_admin",
};
const line = (text: string) => `2026-01-01 00:00:00.000 UTC [7] LOG:  connection ${text}\n`;

describe("the sign-ins of a log of PostgreSQL", () => {
  it("are each function's, as whom it signed in", () => {
    const log =
      line("received: host=127.0.0.1 port=5") +
      line(
        "authorized: user=ledger_writer database=payments application_name=ledger SSL enabled (protocol=TLSv1.3)",
      );

    expect(signIns(log, location)).toEqual([
      {
        function: "ledger",
        action: "rds-db:connect",
        resource: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/ledger_writer",
      },
    ]);
  });

  it("are not those with a password, nor those of no function", () => {
    const log =
      line("authorized: user=payments_admin database=payments application_name=migrate") +
      line("authorized: user=postgres database=postgres");

    expect(signIns(log, location)).toEqual([]);
  });
});
