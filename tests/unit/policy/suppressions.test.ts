import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SuppressionError, readSuppressions } from "../../../lib/policy/suppressions";

let folder: string;
beforeAll(() => {
  jest.useFakeTimers({ now: new Date("2026-11-28T12:00:00Z") });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "suppressions-"));
});
afterAll(() => {
  jest.useRealTimers();
  fs.rmSync(folder, { recursive: true });
});

const read = (text: string) => {
  const file = path.join(folder, "suppressions.yaml");
  fs.writeFileSync(file, text);
  return readSuppressions(file, ["RDS.5", "RDS.8"]);
};

const good = `
suppressions:
  - rule: RDS.5
    resources: [payments-database]
    environments: [staging]
    reason: Staging holds no real payments.
    expires: 2027-06-30
`;

describe("a file of suppressions", () => {
  it("names rule, resource, reason and expiry", () => {
    expect(read(good)).toEqual([
      {
        rule: "RDS.5",
        resources: ["payments-database"],
        environments: ["staging"],
        reason: "Staging holds no real payments.",
        expires: "2027-06-30",
      },
    ]);
  });

  it("may be JSON, and empty", () => {
    expect(read('{"suppressions": []}')).toEqual([]);
  });

  it("takes a YAML timestamp for its day", () => {
    const dated = good.replace("2027-06-30", "!!timestamp 2027-06-30");
    expect(read(dated)).toEqual([expect.objectContaining({ expires: "2027-06-30" })]);
  });

  it.each([
    [
      "a rule that does not exist",
      good.replace("RDS.5", "RDS.55"),
      /do not exist: RDS\.55\. Rules: RDS\.5, RDS\.8/,
    ],
    ["no expiry", good.replace(/ +expires.*\n/, ""), /expires/],
    ["a day that is none", good.replace("2027-06-30", "2027-02-31"), /a day as YYYY-MM-DD/],
    [
      "a reason that is none",
      good.replace("Staging holds no real payments.", "n/a"),
      /at least 20 characters/,
    ],
    [
      "a reason of blanks",
      good.replace("Staging holds no real payments.", `"${" ".repeat(40)}"`),
      /at least 20/,
    ],
    [
      "an end after more than a year",
      good.replace("2027-06-30", "2027-11-29"),
      /suppressions\.yaml suppresses for longer than a year: RDS\.5 until 2027-11-29\. The last day allowed today is 2027-11-28/,
    ],
    ["no end worth the name", good.replace("2027-06-30", "9999-12-31"), /longer than a year/],
    ["an unknown environment", good.replace("staging", "test"), /environments/],
    ["an unknown key", good.replace("resources:", "resource:"), /resource/],
    ["another shape", "- RDS.5", /suppressions: \[\{ rule, resources: \[\.\.\.\], reason, expires/],
    ["nothing", "", /no usable suppressions/],
    ["no YAML", "a: [", /cannot be read/],
  ])("with %s is refused", (_what, text, message) => {
    expect(() => read(text)).toThrow(SuppressionError);
    expect(() => read(text)).toThrow(message);
  });

  it("that ends too late today is taken when the day comes", () => {
    const later = good.replace("2027-06-30", "2027-11-29");
    expect(() => read(later)).toThrow(/longer than a year/);
    jest.setSystemTime(new Date("2026-11-29T00:00:00Z"));
    expect(read(later)).toHaveLength(1);
    jest.setSystemTime(new Date("2026-11-28T12:00:00Z"));
  });

  it("that is not there is named", () => {
    const missing = path.join(folder, "missing.yaml");
    expect(() => readSuppressions(missing, [])).toThrow(`${missing} cannot be read`);
  });
});
