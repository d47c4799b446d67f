import * as fc from "fast-check";
import {
  shardOf,
  statusOf,
  statusShards,
  storedStatus,
} from "../../../../../lib/lambda/payments/store/status-shard";

const ids = Array.from({ length: 5_000 }, (_, i) => `pay_${String(i).padStart(32, "0")}`);

describe("a payment's shard", () => {
  it("is always the same", () => {
    expect(["a", "b", "c", "d"].map((id) => shardOf(id, 200))).toEqual([10, 166, 3, 163]);
    expect(ids.filter((id) => shardOf(id, 1) !== 0)).toEqual([]);
  });

  it.each([2, 10, 200])("is one of %i, all about as often", (shards) => {
    const counts = new Map<number, number>();
    for (const id of ids) {
      const shard = shardOf(id, shards);
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }

    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: shards }, (_, shard) => shard),
    );
    expect(Math.max(...counts.values())).toBeLessThan((ids.length / shards) * 2.5);
  });
});

describe("a stored status", () => {
  it("has its shard behind it, but for shard 0", () => {
    expect([0, 7, 199].map((shard) => storedStatus("CAPTURED", shard))).toEqual([
      "CAPTURED",
      "CAPTURED#7",
      "CAPTURED#199",
    ]);
  });

  it("gives the status back", () => {
    fc.assert(
      fc.property(fc.constantFrom("PENDING", "CAPTURED"), fc.nat(199), (status, shard) => {
        expect(statusOf(storedStatus(status, shard))).toBe(status);
      }),
    );
    expect(statusOf("CAPTURED#7\n#8")).toBe("CAPTURED");
  });
});

describe("the numbers of shards", () => {
  it.each([
    ["1", "1"],
    ["1", "200"],
    ["200", "200"],
  ])("may be %s written and %s read", (written, read) => {
    expect(statusShards(written, read)).toEqual({ written: Number(written), read: Number(read) });
  });

  it.each([
    ["0", "1"],
    ["201", "201"],
    ["1", "201"],
    ["2", "1"],
    ["-1", "1"],
    ["1.5", "2"],
    ["1e1", "20"],
    ["", "1"],
    ["01", "1"],
    ["ten", "10"],
    ["1", ""],
  ])("may not be %j written and %j read", (written, read) => {
    expect(() => statusShards(written, read)).toThrow("STATUS_SHARDS must be 1 to 200");
  });
});
