import { PoisonError, isPoison } from "../../../../../lib/lambda/payments/ledger/poison";

/** Every SQLSTATE of PostgreSQL 17's classes 22 and 23. */
const class22 =
  "22000 22001 22002 22003 22004 22005 22007 22008 22009 2200B 2200C 2200D 2200F 2200G 2200H 2200L 2200M " +
  "2200N 2200S 2200T 22010 22011 22012 22013 22014 22015 22016 22018 22019 2201B 2201E 2201F 2201G 2201W " +
  "2201X 22021 22022 22023 22024 22025 22026 22027 2202E 2202G 2202H 22030 22031 22032 22033 22034 22035 " +
  "22036 22037 22038 22039 2203A 2203B 2203C 2203D 2203E 2203F 2203G 22P01 22P02 22P03 22P04 22P05 22P06";
const class23 = "23000 23001 23502 23503 23505 23514 23P01";

const coded = (code: unknown, more: object = {}) =>
  Object.assign(new Error("no"), { code, ...more });

describe("an error of the database", () => {
  it("blames the record for values that no ledger can hold, and for nothing else", () => {
    const codes = `${class22} ${class23}`.split(" ");

    expect(codes.filter((code) => isPoison(coded(code)))).toEqual([
      "22001",
      "22003",
      "22007",
      "22008",
      "22009",
      "22018",
      "22021",
      "22024",
      "22P02",
      "22P03",
      "22P05",
    ]);
  });

  it.each([
    ["postings do not sum to zero", "postings_sum_to_zero"],
    ["an account has no name", "postings_account_check"],
    ["nothing is moved", "postings_amount_check"],
    ["a payment has no id", "entries_payment_id_check"],
    ["a version is below 1", "entries_version_check"],
    ["a currency is none", "entries_currency_check"],
  ])("blames it for the check that says: %s", (_, constraint) => {
    expect(isPoison(coded("23514", { constraint }))).toBe(true);
  });

  it.each([
    ["knows a kind that the schema does not, in the middle of a deployment", "entries_kind_check"],
    ["has never heard of the constraint", "entries_document_check"],
    ["does not get its name", undefined],
  ])("does not for a check, when this code %s", (_, constraint) => {
    expect(isPoison(coded("23514", { constraint }))).toBe(false);
  });

  it.each([
    ["someone else posts the same", "23505"],
    ["the database is away", "ECONNREFUSED"],
    ["the connection was ended", "57P01"],
    ["a statement took too long", "57014"],
    ["there are too many connections", "53300"],
    ["transactions collided", "40001"],
    ["two runs wait for each other", "40P01"],
    ["a permission is missing", "42501"],
    ["the schema is not there yet", "42P01"],
    ["a column is not there yet", "42703"],
    ["the code is a number", 22_003],
  ])("does not when %s", (_, code) => {
    expect(isPoison(coded(code))).toBe(false);
  });
});

describe("any other error", () => {
  it("blames the record if it says so", () => {
    expect(isPoison(new PoisonError("no"))).toBe(true);
  });

  it.each([
    ["AWS throttles", Object.assign(new Error("slow down"), { name: "SlowDown" })],
    ["what was thrown is no error", "22003"],
  ])("does not when %s", (_, error) => {
    expect(isPoison(error)).toBe(false);
  });
});
