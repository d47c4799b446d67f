import { isOutage } from "../../../../lib/lambda/database/outage";

/** An error as PostgreSQL's, by its SQLSTATE. */
const said = (code: unknown) => Object.assign(new Error("said"), { severity: "ERROR", code });

describe("an outage of the database", () => {
  it.each([
    ["a connection that is refused", Object.assign(new Error("no"), { code: "ECONNREFUSED" })],
    ["one that breaks", new Error("Connection terminated unexpectedly")],
    ["a server that is silent", new Error("Query read timeout")],
    ["whatever is no error", "gone"],
    ["a server that starts", said("57P03")],
    ["one that stops", said("57P01")],
    ["a statement that takes too long", said("57014")],
    ["a deadlock", said("40P01")],
    ["too many connections", said("53300")],
    ["a primary that has become a standby", said("25006")],
    ["a role that a migration has not made yet", said("28000")],
    ["a table that it has not made yet", said("42P01")],
    ["a permission that it has not given yet", said("42501")],
  ])("is %s", (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    ["a value that is refused", said("23514")],
    ["a statement that is none", said("42601")],
    ["a transaction of another kind", said("25001")],
    ["an error without a code", said(undefined)],
  ])("is not %s", (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
