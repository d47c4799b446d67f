import type { QueryResult, QueryResultRow } from "pg";
import * as z from "zod/mini";
import type { Queryable } from "../../../../../lib/lambda/database/connection";

const texts = z.array(z.string());
const versions = z.array(z.number());
const insertValues = z.tuple([
  texts,
  versions,
  texts,
  texts,
  z.array(z.date()),
  z.array(z.nullable(z.string())),
  texts,
  versions,
  texts,
  versions,
]);
const selectValues = z.tuple([texts, versions]);

interface FakeEntry {
  readonly kind: string;
  readonly currency: string;
  readonly document: string | null;
  readonly lines: readonly string[];
}

/** The ledger in memory, as far as the function uses it: the parameters of its statements, and their results. */
export class FakeLedger implements Queryable {
  /** By `id/version`. */
  readonly entries = new Map<string, FakeEntry>();
  readonly suspects: string[] = [];
  /** What each statement was about, in order: names of entries, or suspects. */
  readonly statements: string[][] = [];
  /** Runs before each statement; may fail in its place. */
  before: (names: readonly string[]) => void = () => undefined;

  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    return new Promise((resolve) => {
      const rows = this.run(text, values);
      resolve({
        rows: rows as unknown as Row[],
        rowCount: rows.length,
        command: "",
        oid: 0,
        fields: [],
      });
    });
  }

  private run(text: string, values: unknown): object[] {
    if (text.includes("INSERT INTO reconciliation.suspects")) {
      const [ids] = z.tuple([texts]).parse(values);
      this.start(ids);
      this.suspects.push(...ids);
      return [];
    }
    if (text.includes("INSERT INTO ledger.entries")) return this.insert(insertValues.parse(values));
    const [ids, wanted] = selectValues.parse(values);
    const names = namesOf(ids, wanted);
    this.start(names);
    return names.flatMap((name) => {
      const entry = this.entries.get(name);
      return entry === undefined ? [] : [{ name, ...entry }];
    });
  }

  private insert(values: z.infer<typeof insertValues>): object[] {
    const [ids, versions, kinds, currencies, , documents, ...[lineIds, lineVersions]] = values;
    const [accounts, amounts] = [values[8], values[9]];
    const names = namesOf(ids, versions);
    this.start(names);
    const lines = namesOf(lineIds, lineVersions).map((name, at) => ({
      name,
      text: `${accounts[at] ?? ""} ${String(amounts[at])}`,
    }));
    return names.flatMap((name, at) => {
      if (this.entries.has(name)) return [];
      this.entries.set(name, {
        kind: kinds[at] ?? "",
        currency: currencies[at] ?? "",
        document: documents[at] ?? null,
        lines: lines.flatMap((line) => (line.name === name ? [line.text] : [])),
      });
      return [{ name }];
    });
  }

  private start(names: readonly string[]): void {
    this.statements.push([...names]);
    this.before(names);
  }
}

function namesOf(ids: readonly string[], versions: readonly number[]): string[] {
  return ids.map((id, at) => `${id}/${String(versions[at])}`);
}
