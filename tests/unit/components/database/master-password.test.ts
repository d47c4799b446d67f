import * as pulumi from "@pulumi/pulumi";
import { givenPassword } from "../../../../lib/components/database/master-password";
import { record } from "../../../../lib/graph/record";

describe("a given password", () => {
  it("is a secret of Pulumi, as is its version, even when it is passed as plain text", async () => {
    const { result } = await record(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      return givenPassword("db", "correct-horse-battery-staple", parent);
    });

    expect(await pulumi.isSecret(pulumi.output(result.passwordWo))).toBe(true);
    expect(await pulumi.isSecret(pulumi.output(result.passwordWoVersion))).toBe(true);
  });
});
