import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { aws, describeWithPayments, eventually, newKey, post, text } from "./deployed";
import { auditKeys } from "./operations";

jest.setTimeout(120_000);

const Bucket = text("auditBucketName");

const contentOf = async (key: string): Promise<unknown> => {
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? "");
};

describeWithPayments("the audit documents of a payment", () => {
  let id: string;
  let keys: string[];

  beforeAll(async () => {
    const { body } = await post("/payment", { userId: newKey(), amount: 800, currency: "JPY" });
    id = String(body["transactionId"]);
    await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
    await post(`/payment/${id}/capture`, { amount: 500 });
    await post(`/payment/${id}/refund`, { all: true });
    keys = await eventually(
      () => auditKeys(id, new Date()),
      (found) => found.length >= 4,
      60_000,
    );
  });

  it("are one for each version, and sort by time and version", () => {
    const names = keys.map((key) => /^payments\/(\d{4})\/(\d\d)\/(\d\d)\/(\d{8})T/.exec(key));

    expect(keys.map((key) => key.replace(/^.*-(v\d+)\.json$/, "$1"))).toEqual([
      "v1",
      "v2",
      "v3",
      "v4",
    ]);
    expect(keys).toEqual([...keys].sort());
    expect(names.map((name) => name?.slice(1, 4).join(""))).toEqual(names.map((name) => name?.[4]));
  });

  it("have the kind of a change and its states before and after", async () => {
    const documents = await Promise.all(keys.map(contentOf));

    expect(documents).toEqual(
      [
        ["created", null, "PENDING"],
        ["authorized", "PENDING", "AUTHORIZED"],
        ["captured", "AUTHORIZED", "CAPTURED"],
        ["refunded", "CAPTURED", "REFUNDED"],
      ].map(([kind, before, after], index): unknown =>
        expect.objectContaining({
          paymentId: id,
          version: index + 1,
          kind,
          before: before === null ? null : (expect.objectContaining({ status: before }) as unknown),
          after: expect.objectContaining({ status: after }) as unknown,
        }),
      ),
    );
  });

  it("cannot be overwritten", async () => {
    const [key = ""] = keys;
    const before = await contentOf(key);

    await expect(
      aws.s3.send(new PutObjectCommand({ Bucket, Key: key, Body: "{}", IfNoneMatch: "*" })),
    ).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    });
    expect(await contentOf(key)).toEqual(before);
  });
});
