import { registeredDashboard } from "../../../lib/dashboard/registered";
import type { RecordedResource } from "../../../lib/graph/program-graph";

const resource = (type: string): RecordedResource => ({
  type,
  name: "one",
  urn: "urn",
  custom: true,
  inputs: { dashboardName: "mine", dashboardBody: '{"widgets":[]}' },
  secrets: [],
  parent: "",
  dependencies: [],
  propertyDependencies: {},
  provider: "",
  protect: false,
  retainOnDelete: false,
  deleteBeforeReplace: false,
  ignoreChanges: [],
  aliases: [],
});
const dashboard = resource("aws:cloudwatch/dashboard:Dashboard");

describe("the dashboard that a program registers", () => {
  it("is found among its resources, with its body taken apart", () => {
    expect(registeredDashboard([resource("aws:s3/bucket:Bucket"), dashboard])).toEqual({
      name: "mine",
      body: { widgets: [] },
    });
  });

  it.each([
    [0, []],
    [2, [dashboard, dashboard]],
  ])("must be one: %d are an error", (count, resources) => {
    expect(() => registeredDashboard(resources)).toThrow(
      `expected one dashboard, found ${String(count)}`,
    );
  });
});
