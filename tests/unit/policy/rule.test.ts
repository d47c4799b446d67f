import { equals, present } from "../../../lib/policy/expectations";
import { UnknownValueError, unknownValue } from "../../../lib/policy/policy-graph";
import { Subject } from "../../../lib/policy/rule";
import { resource } from "./rule-cases";

interface Args {
  readonly flag?: boolean;
  readonly nested?: object;
  readonly rules?: object;
  readonly secret?: string;
  readonly names?: readonly string[];
}

const subject = (properties: Readonly<Record<string, unknown>>) =>
  new Subject<Args>(resource("test:index:Thing", properties));

describe("a resource that is evaluated", () => {
  it("is read by path, through maps and lists", () => {
    const read = subject({ nested: { inner: { deep: 1 } }, rules: [{ id: "a" }] });
    expect(read.get("nested.inner.deep")).toBe(1);
    expect(read.get("rules.0.id")).toBe("a");
    expect(read.get("rules.1.id")).toBeUndefined();
    expect(read.get("flag.x.y")).toBeUndefined();
  });

  it("does not guess a value that is not known before the deployment, nor what is below it", () => {
    const read = subject({ secret: unknownValue, nested: unknownValue });
    expect(() => read.get("secret")).toThrow(UnknownValueError);
    expect(() => read.get("nested.inner")).toThrow(
      "nested.inner is not known before the deployment",
    );
  });

  it("gives the maps of a list, and a single one as a list", () => {
    expect(subject({ rules: [{ a: 1 }, "x", null] }).list("rules")).toEqual([{ a: 1 }]);
    expect(subject({ rules: { a: 1 } }).list("rules")).toEqual([{ a: 1 }]);
    expect(subject({}).list("rules")).toEqual([]);
  });

  it("gives the texts of a list", () => {
    expect(subject({ names: ["a", 1, "b"] }).texts("names")).toEqual(["a", "b"]);
    expect(subject({ names: "a" }).texts("names")).toEqual([]);
  });

  it("reports what was found and what is expected, at which argument", () => {
    expect(subject({ flag: true }).expect("flag", equals(true))).toEqual([]);
    expect(subject({ flag: false }).expect("flag", equals(true))).toEqual([
      { paths: ["flag"], message: "found false, expected true" },
    ]);
    expect(subject({}).expect("secret", present)).toEqual([
      { paths: ["secret"], message: "found nothing, expected a value" },
    ]);
  });

  it("does not repeat a long value", () => {
    const [found] = subject({ secret: "x".repeat(500) }).expect("secret", equals("y"));
    expect(found?.message).toMatch(/^found "x{76}\.\.\., expected "y"$/);
  });

  it("takes a value that is not known yet for given", () => {
    expect(subject({ secret: unknownValue }).expectPresent("secret")).toEqual([]);
    expect(subject({ secret: "a" }).expectPresent("secret")).toEqual([]);
    expect(subject({}).expectPresent("secret")).toHaveLength(1);
    expect(
      [unknownValue, "a", "", undefined].map((secret) => subject({ secret }).has("secret")),
    ).toEqual([true, true, false, false]);
  });

  it("evaluates a value where it is known, and passes where it is not", () => {
    expect(subject({ secret: unknownValue }).expectPresent("secret", equals("a"))).toEqual([]);
    expect(subject({ secret: "a" }).expectPresent("secret", equals("a"))).toEqual([]);
    expect(subject({ secret: "b" }).expectPresent("secret", equals("a"))).toHaveLength(1);
  });

  it("does not take another failure for a value that is not known yet", () => {
    const broken = {
      get secret(): string {
        throw new TypeError("a bug");
      },
    };
    expect(() => subject(broken).expectPresent("secret")).toThrow("a bug");
  });
});
