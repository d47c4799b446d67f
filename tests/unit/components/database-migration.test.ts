import { DatabaseMigrationComponent } from "../../../lib/components/database-migration";
import { record } from "../../../lib/graph/record";

describe("the database's migration", () => {
  it("runs the function while the stack is deployed, again when code or database are new", async () => {
    const graph = await record(
      () =>
        new DatabaseMigrationComponent("payments-migration", {
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
});
