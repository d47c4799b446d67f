import { setImmediate } from "node:timers/promises";
import type { Payment } from "../../../../lib/lambda/payments/domain/payment";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../../../lib/lambda/http/idempotency/response-store";
import type { KeyedRequest } from "../../../../lib/lambda/http/idempotency/request";
import type {
  ListPage,
  ListQuery,
  PaymentStore,
  Write,
} from "../../../../lib/lambda/payments/store/payment-store";

/** A store in memory. Every call is atomic, and others may come between two. */
export class MemoryStore implements PaymentStore {
  /** @param now - Epoch milliseconds. */
  constructor(private readonly now: () => number) {}

  readonly payments = new Map<string, Payment>();
  readonly responses = new Map<string, StoredResponse>();
  /** When each response was stored, in epoch milliseconds. */
  private readonly kept = new Map<string, number>();
  /** Every version of every payment that was ever stored. */
  readonly history: Payment[] = [];
  /** Runs before each call; may throw instead of it. */
  before: (call: keyof PaymentStore) => void | Promise<void> = async () => {
    await setImmediate();
  };

  /** Runs behind each write; may fail, as where its response is lost. */
  after: () => void = () => undefined;

  async create(write: Write): Promise<WriteResult> {
    await this.before("create");
    return this.write(write, 0);
  }

  async update(write: Write): Promise<WriteResult> {
    await this.before("update");
    return this.write(write, write.payment.version - 1);
  }

  async refuse(refusal: KeyedResponse): Promise<SaveResult> {
    await this.before("refuse");
    const first = this.storedResponse(refusal.request);
    if (first !== undefined) return first;
    this.save(refusal);
    this.after();
    return { result: "written" };
  }

  async findResponse(request: KeyedRequest): Promise<StoredResponse | undefined> {
    await this.before("findResponse");
    return this.storedResponse(request)?.response;
  }

  async find(transactionId: string): Promise<Payment | undefined> {
    await this.before("find");
    return this.payments.get(transactionId);
  }

  async list({ by, limit, after }: ListQuery): Promise<ListPage> {
    await this.before("list");
    const all = [...this.payments.values()].filter((payment) =>
      "userId" in by ? payment.userId === by.userId : payment.status === by.status,
    );
    all.sort((a, b) => b.timestamp - a.timestamp);
    const start = all.findIndex(({ transactionId }) => transactionId === after?.transactionId) + 1;
    const payments = all.slice(start, start + limit);
    const last = start + limit < all.length ? payments.at(-1) : undefined;
    return { payments, next: last && { ...last, shard: 0 } };
  }

  private write({ payment, request, response }: Write, version: number): WriteResult {
    const first = this.storedResponse(request);
    if (first !== undefined) return first;
    if ((this.payments.get(payment.transactionId)?.version ?? 0) !== version)
      return { result: "changed" };
    this.save({ request, response });
    this.payments.set(payment.transactionId, payment);
    this.history.push(payment);
    this.after();
    return { result: "written" };
  }

  private save({ request: { keyHash, requestHash }, response }: KeyedResponse): void {
    const { statusCode, body } = response;
    this.responses.set(keyHash, { requestHash, statusCode, body });
    this.kept.set(keyHash, this.now());
  }

  /** The response under a key, for 24 hours. */
  private storedResponse({ keyHash }: KeyedRequest) {
    const response = this.responses.get(keyHash);
    const expires = (this.kept.get(keyHash) ?? 0) + 24 * 60 * 60 * 1000;
    if (response === undefined || expires <= this.now()) return undefined;
    return { result: "duplicate", response } as const;
  }
}
