import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import { isRecord } from "../../lib/core/is-record";
import { readStackFile } from "../../lib/core/stack-file";

/** The tag of everything that a rehearsal makes; its value is the stack's name. */
export const rehearsalTag = "Rehearsal";

/** What a stack is configured with, beside what `Pulumi.dev.yaml` has. */
export interface RehearsedStack {
  /** Also the suffix of every physical name. */
  readonly name: string;
  readonly region: string;
  /** Who is notified by the alarms. */
  readonly emailAddresses: readonly string[];
}

/** A copy of a checkout, in which the program may be changed. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  /** Copies a checkout, without what is made in it. The packages are those of the original. */
  static make(checkout: string): ProjectCopy {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-rehearsal-"));
    const made = [".cache", ".git", "cfn-outputs", "coverage", "dist", "node_modules"];
    for (const entry of fs.readdirSync(checkout).filter((name) => !made.includes(name)))
      fs.cpSync(path.join(checkout, entry), path.join(folder, entry), { recursive: true });
    fs.symlinkSync(path.join(checkout, "node_modules"), path.join(folder, "node_modules"));
    return new ProjectCopy(folder);
  }

  /** Writes the file of a stack that is like dev, but for its name, region and tags. */
  configure({ name, region, emailAddresses }: RehearsedStack): void {
    const { project, config } = readStackFile(this.folder, "dev");
    // maps and lists are JSON in it
    const values = new Map<string, unknown>(
      Object.entries(config).map(([key, value]) => [
        key,
        /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
      ]),
    );
    const merge = (key: string, more: object) => {
      const known = values.get(`${project}:${key}`);
      values.set(`${project}:${key}`, { ...(isRecord(known) && known), ...more });
    };
    values.set("aws:region", region);
    // the stack's name
    values.delete(`${project}:environmentSuffix`);
    merge("tags", { [rehearsalTag]: name });
    if (emailAddresses.length > 0) merge("alarms", { emailAddresses });
    fs.writeFileSync(
      path.join(this.folder, `Pulumi.${name}.yaml`),
      stringify({ config: Object.fromEntries(values) }),
    );
  }

  /**
   * Adds a migration to the program, as its next release might: running code neither needs nor notices it.
   *
   * @returns its name.
   */
  addMigration(): string {
    const folder = path.join(this.folder, "lib/lambda/payments/migrate/migrations");
    const last = fs.readdirSync(folder).sort().at(-1) ?? "";
    const number = String(Number.parseInt(last, 10) + 1).padStart(4, "0");
    const name = `${number}_rehearsal`;
    fs.writeFileSync(
      path.join(folder, `${name}.sql`),
      "-- A column that may be empty is all that a release before this one has to bear.\n" +
        "ALTER TABLE ledger.entries ADD COLUMN rehearsed text;\n",
    );
    return name;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
