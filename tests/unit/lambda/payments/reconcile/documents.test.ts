import "../../function-environment";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { undocumented } from "../../../../../lib/lambda/payments/reconcile/documents";
import { FakeStack, keyOf, start } from "./fakes";

const stack = new FakeStack();
const entry = (version: number, document: string | null = null) => ({
  id: "pay_1",
  version,
  occurredAt: new Date(start + version * 1_000),
  postedAt: start,
  document,
});
const all = (count: number) => Array.from({ length: count }, (_, at) => entry(at + 1));
const batch = "payments/2026/03/01/20260301T120001.000Z-batch-0123456789abcdef.jsonl";
const absent = async (entries: Parameters<typeof undocumented>[1]) =>
  (await undocumented(new S3Client({}), entries)).map(({ version }) => version);
const listings = () =>
  stack.s3.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  stack.reset();
});

it("lists nothing where there is nothing to look for", async () => {
  await expect(absent([])).resolves.toEqual([]);
  expect(listings()).toEqual([]);
});

it("finds a change's own object, by keys alone", async () => {
  stack.documents.add("payments/2026/03/01/20260301T120001.000Z-pay_1-v1.json");

  await expect(absent(all(2))).resolves.toEqual([2]);
  expect(listings()[0]).toEqual({
    Bucket: "audit",
    StartAfter: "payments/2026/03/01/20260301T120001.000Z-pay_1-v1.jso",
    MaxKeys: 1,
  });
});

it("lists keys that follow each other in few listings, in parallel", async () => {
  for (const one of all(100)) stack.documents.add(keyOf(one));

  await expect(absent(all(100))).resolves.toEqual([]);
  expect(listings()).toHaveLength(25);
});

it("skips what lies between the keys that it looks for", async () => {
  const entries = all(60);
  const wanted = entries.filter(({ version }) => version % 2 === 0);
  for (const one of entries) stack.documents.add(keyOf(one));
  const last = wanted.at(-1);
  if (last !== undefined) stack.documents.delete(keyOf(last));

  await expect(absent(wanted)).resolves.toEqual([60]);
});

it("goes on where keys that nobody knows come right before the one that it looks for", async () => {
  const wanted = keyOf(entry(1));
  for (const foreign of ["a", "b", "c"]) stack.documents.add(`${wanted.slice(0, -1)}${foreign}`);
  stack.documents.add(wanted);

  await expect(absent([entry(1)])).resolves.toEqual([]);
  expect(listings()).toHaveLength(4);
});

it("takes an object that several changes share for each of them", async () => {
  stack.documents.add(batch);

  await expect(absent([entry(1, batch), entry(2, batch)])).resolves.toEqual([]);
  expect(listings()).toHaveLength(1);
});

it("takes a change's own object where the shared one is not there", async () => {
  stack.documents.add(keyOf(entry(1)));

  await expect(absent([entry(1, batch), entry(2, batch), entry(3)])).resolves.toEqual([2, 3]);
});
