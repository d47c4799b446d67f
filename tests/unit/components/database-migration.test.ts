import { DatabaseMigrationComponent } from "../../../lib/components/database-migration";
import { inRegion } from "../../../lib/core/context";
import { record } from "../../../lib/graph/record";
import { testContext } from "../context";

describe("the database's migration", () => {
  it("runs the function while the stack is deployed, again when code or database are new", async () => {
    const graph = await record(
      () =>
        new DatabaseMigrationComponent("payments-migration", {
          context: testContext(),
          functionName: "migrate",
          codeHash: "abc",
          databaseResourceId: "db-1",
        }),
    );

    expect(graph.one("aws:lambda/invocation:Invocation").inputs).toEqual({
      functionName: "migrate",
      input: "{}",
      triggers: { code: "abc", database: "db-1" },
    });
  });

  it("runs in another region where the database is there", async () => {
    const graph = await record(
      () =>
        new DatabaseMigrationComponent("replica-migration", {
          context: inRegion(testContext(), "us-west-2"),
          functionName: "migrate",
          codeHash: "abc",
          databaseResourceId: "db-1",
        }),
    );

    expect(graph.one("aws:lambda/invocation:Invocation").inputs["region"]).toBe("us-west-2");
  });
});
