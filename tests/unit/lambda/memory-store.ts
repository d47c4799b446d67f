import { setImmediate } from "node:timers/promises";
import type { Payment } from "../../../lib/lambda/domain/payment";
import type { KeyedRequest, StoredAnswer } from "../../../lib/lambda/store/idempotency";
import type {
  ListPage,
  ListQuery,
  PaymentStore,
  Write,
  WriteResult,
} from "../../../lib/lambda/store/payment-store";

/** A store in memory. Every call is atomic, and others may come between two. */
export class MemoryStore implements PaymentStore {
  readonly payments = new Map<string, Payment>();
  readonly answers = new Map<string, StoredAnswer>();
  /** Every version of every payment that was ever kept. */
  readonly history: Payment[] = [];
  /** Runs before each call; may fail in its place. */
  before: (call: keyof PaymentStore) => void | Promise<void> = async () => {
    await setImmediate();
  };

  /** Runs behind each write; may fail, as where its answer is lost. */
  after: () => void = () => undefined;

  async create(write: Write): Promise<WriteResult> {
    await this.before("create");
    return this.write(write, 0);
  }

  async update(write: Write): Promise<WriteResult> {
    await this.before("update");
    return this.write(write, write.payment.version - 1);
  }

  async answerTo({ keyHash }: KeyedRequest): Promise<StoredAnswer | undefined> {
    await this.before("answerTo");
    return this.answers.get(keyHash);
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
    return { payments, next: start + limit < all.length ? payments.at(-1) : undefined };
  }

  private write({ payment, request, answer }: Write, version: number): WriteResult {
    const first = this.answers.get(request.keyHash);
    if (first !== undefined) return { result: "answered", answer: first };
    if ((this.payments.get(payment.transactionId)?.version ?? 0) !== version)
      return { result: "changed" };
    const { statusCode, body } = answer;
    this.answers.set(request.keyHash, { requestHash: request.requestHash, statusCode, body });
    this.payments.set(payment.transactionId, payment);
    this.history.push(payment);
    this.after();
    return { result: "written" };
  }
}
