import * as pulumi from "@pulumi/pulumi";
import {
  orderReconciliationAlarms,
  orderReconciliationGraphs,
} from "../../../../lib/modules/storefront/reconciliation-monitoring";

const alwaysReported = {
  namespace: "AWS/Lambda",
  metricName: "Invocations",
  dimensions: { FunctionName: "expire-fn" },
};
const reconciliation = (everyMinutes = 60) => ({
  functionName: pulumi.output("reconcile-fn"),
  everyMinutes,
  alwaysReported,
});

/** The alarm with a purpose. */
const alarm = (purpose: string, everyMinutes?: number) =>
  orderReconciliationAlarms(reconciliation(everyMinutes)).find((one) => one.purpose === purpose);

describe("the alarms of the reconciliation of orders", () => {
  it("fire on a single difference, until a comparison finds none", () => {
    expect(alarm("order-reconciliation-differences")).toMatchObject({
      threshold: 0,
      metric: {
        namespace: "Storefront",
        metricName: "OrderReconciliationDifferences",
        statistic: "Sum",
      },
      treatMissingData: "ignore",
    });
  });

  it("fire on a single run that has not compared all, until one has", () => {
    expect(alarm("order-reconciliation-behind")).toMatchObject({
      threshold: 1,
      comparison: "LessThanThreshold",
      metric: { metricName: "OrderReconciliationComplete", statistic: "Minimum" },
      treatMissingData: "ignore",
    });
  });

  it.each([
    [15, 3],
    [60, 3],
    [1440, 72],
  ])("fire where runs of every %d minutes are missing for %d hours", (everyMinutes, hours) => {
    expect(alarm("order-reconciliation-missing", everyMinutes)).toMatchObject({
      description: `no comparison of orders with their payments has ended for ${String(hours)} hours`,
      threshold: 1,
      comparison: "LessThanThreshold",
      periods: hours,
      metric: {
        metricQueries: [
          { expression: "IF(reported >= 0, FILL(ended, 0), 1)", returnData: true },
          { id: "reported", metric: { ...alwaysReported, period: 3600 } },
          { id: "ended", metric: { metricName: "OrderReconciliationComplete", stat: "Sum" } },
        ],
      },
    });
  });

  it("are in graphs, but for the one that is a part of the other", () => {
    const drawn = orderReconciliationGraphs(reconciliation()).flatMap(({ alarms = [] }) =>
      alarms.map(({ purpose }) => purpose),
    );

    expect(drawn).toEqual(["order-reconciliation-differences", "order-reconciliation-missing"]);
  });
});
