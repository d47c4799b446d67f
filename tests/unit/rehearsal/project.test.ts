import * as fs from "node:fs";
import * as path from "node:path";
import { newStackName, startOf } from "../../../bin/rehearsal/names";
import { ProjectCopy } from "../../../bin/rehearsal/project";
import { maxSuffixLength, suffixPattern } from "../../../lib/core/names";
import { readStackFile } from "../../../lib/core/stack-file";

const root = path.resolve(__dirname, "../../..");
const migrations = "lib/lambda/payments/migrate/migrations";

describe("the stack of a rehearsal", () => {
  it("has a name of its own that may be a suffix, and says when it has started", () => {
    const now = Date.UTC(2026, 10, 28, 12);
    const names = [newStackName(now), newStackName(now), newStackName(now + 3_600_000)];

    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(suffixPattern);
      expect(name.length).toBeLessThanOrEqual(maxSuffixLength);
    }
    expect(names.map(startOf)).toEqual([now, now, now + 3_600_000]);
  });

  it.each(["dev", "rehearsal", "rehearsal-mine", "my-rehearsal-t0000000ab"])(
    "is not taken for one of another name: %s",
    (name) => {
      expect(startOf(name)).toBeUndefined();
    },
  );
});

describe("the copy that a rehearsal deploys", () => {
  let copy: ProjectCopy;

  beforeAll(() => {
    copy = ProjectCopy.make(root);
  });

  it("has the program and its packages, and nothing that is made in a checkout", () => {
    expect(fs.existsSync(path.join(copy.folder, "bin/payment.ts"))).toBe(true);
    expect(fs.realpathSync(path.join(copy.folder, "node_modules"))).toBe(
      fs.realpathSync(path.join(root, "node_modules")),
    );
    expect(fs.existsSync(path.join(copy.folder, ".git"))).toBe(false);
    expect(fs.existsSync(path.join(copy.folder, ".cache"))).toBe(false);
  });

  it("is configured like dev, with a tag by which everything of it is found", () => {
    const emailAddresses = ["team@example.com"];
    copy.configure({ name: "rehearsal-one", region: "eu-central-1", emailAddresses });
    copy.configure({ name: "rehearsal-two", region: "us-west-2", emailAddresses: [] });

    const dev = readStackFile(root, "dev").config;
    expect(readStackFile(copy.folder, "rehearsal-one").config).toEqual({
      ...dev,
      "aws:region": "eu-central-1",
      "payments:tags": JSON.stringify({ Rehearsal: "rehearsal-one" }),
      "payments:alarms": JSON.stringify({ emailAddresses }),
    });
    expect(readStackFile(copy.folder, "rehearsal-two").config).not.toHaveProperty(
      "payments:alarms",
    );
  });

  it("keeps dev's own tags, and gives up its suffix", () => {
    fs.writeFileSync(
      path.join(copy.folder, "Pulumi.dev.yaml"),
      "config:\n  payments:environment: dev\n  payments:environmentSuffix: mine\n  payments:tags:\n    Owner: us\n",
    );
    copy.configure({ name: "rehearsal-three", region: "us-west-2", emailAddresses: [] });

    expect(readStackFile(copy.folder, "rehearsal-three").config).toEqual({
      "aws:region": "us-west-2",
      "payments:environment": "dev",
      "payments:tags": JSON.stringify({ Owner: "us", Rehearsal: "rehearsal-three" }),
    });
  });

  it("takes one migration more, which the checkout does not get, and is removed without it", () => {
    const known = fs.readdirSync(path.join(root, migrations)).sort();
    const name = copy.addMigration();

    expect(fs.readdirSync(path.join(copy.folder, migrations)).sort()).toEqual([
      ...known,
      `${name}.sql`,
    ]);
    copy.remove();
    expect(fs.existsSync(copy.folder)).toBe(false);
    expect(fs.readdirSync(path.join(root, migrations)).sort()).toEqual(known);
    expect(fs.existsSync(path.join(root, "node_modules/@pulumi/pulumi"))).toBe(true);
  });
});
