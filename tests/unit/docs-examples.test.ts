import { classes, commentedExamples, unmarked } from "../documents/examples";

describe("the library's comments", () => {
  it("show how each component is used", () => {
    const components = classes("lib/components");

    expect(components.length).toBeGreaterThan(15);
    expect(components.filter(({ hasExample }) => !hasExample)).toEqual([]);
  });

  it("have TypeScript as examples only", () => {
    expect(commentedExamples().length).toBeGreaterThan(20);
    expect(unmarked()).toEqual([]);
  });
});
