import { commonAssumptions } from "../../../lib/cost/common-assumptions";
import { assumedOf, assumptionsOf } from "../../../lib/cost/usage";
import { modules } from "../../../lib/modules";

describe("the assumptions", () => {
  it("each have a unit, a meaning and a reason", () => {
    for (const { unit, what, because } of Object.values(assumptionsOf(modules.usages)))
      for (const text of [unit, what, because]) expect(text).not.toBe("");
  });

  it("that a flag sets lie within its bounds", () => {
    for (const { value, range = [value, value] } of Object.values(assumptionsOf(modules.usages))) {
      expect(value).toBeGreaterThanOrEqual(range[0]);
      expect(value).toBeLessThanOrEqual(range[1]);
    }
  });

  it("keep their value where nothing else is given", () => {
    const assumed = assumedOf(modules.usages, { months: 3, readsPerPayment: undefined });
    expect(assumed("months")).toBe(3);
    expect(assumed("readsPerPayment")).toBe(1);
  });

  it("have names of their own, in all modules together", () => {
    const months = { ...commonAssumptions.months, value: 2 };
    const again = { module: "again", assumptions: { months }, usageOf: () => ({}) };
    expect(() => assumptionsOf([again])).toThrow("assumed twice: months");
  });

  it("are all declared: others are refused", () => {
    expect(() => assumedOf([])("paymentsPerMonth")).toThrow(
      "nothing is assumed of paymentsPerMonth",
    );
  });
});
