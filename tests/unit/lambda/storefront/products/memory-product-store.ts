import { setImmediate } from "node:timers/promises";
import type { KeyedRequest } from "../../../../../lib/lambda/http/idempotency/request";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../../../../lib/lambda/http/idempotency/response-store";
import type { Product } from "../../../../../lib/lambda/storefront/domain/product";
import type {
  ProductList,
  ProductQuery,
  ProductStore,
  ProductWrite,
} from "../../../../../lib/lambda/storefront/products/product-store";

/** A product store in memory. Every call is atomic, and others may come between two. */
export class MemoryProductStore implements ProductStore {
  readonly products = new Map<string, Product>();
  readonly responses = new Map<string, StoredResponse>();
  /** Every product as each write left it. */
  readonly history: Product[] = [];
  /** How many products a page looks at. */
  lookedAt = Infinity;
  /** Runs before each call; may throw instead of it. */
  before: (call: keyof ProductStore) => void | Promise<void> = async () => {
    await setImmediate();
  };
  /** Runs behind each write; may fail, as where its response is lost. */
  after: () => void = () => undefined;

  async findResponse({ keyHash }: KeyedRequest): Promise<StoredResponse | undefined> {
    await this.before("findResponse");
    return this.responses.get(keyHash);
  }

  async refuse(refusal: KeyedResponse): Promise<SaveResult> {
    await this.before("refuse");
    const first = this.responses.get(refusal.request.keyHash);
    if (first !== undefined) return { result: "duplicate", response: first };
    this.keep(refusal);
    this.after();
    return { result: "written" };
  }

  async create(write: ProductWrite): Promise<WriteResult> {
    await this.before("create");
    return this.write(write, (stored) => stored === undefined && write.product);
  }

  async change(write: ProductWrite): Promise<WriteResult> {
    await this.before("change");
    const { product } = write;
    return this.write(
      write,
      (stored) => stored?.version === product.version - 1 && { ...product, stock: stored.stock },
    );
  }

  async changeStock(write: ProductWrite, before: number): Promise<WriteResult> {
    await this.before("changeStock");
    const { product } = write;
    return this.write(
      write,
      (stored) => stored?.version === product.version && stored.stock === before && product,
    );
  }

  async find(productId: string): Promise<Product | undefined> {
    await this.before("find");
    return this.products.get(productId);
  }

  async list({
    category,
    prefix,
    publishedOnly,
    limit,
    after,
  }: ProductQuery): Promise<ProductList> {
    await this.before("list");
    const behind = [...this.products.values()]
      .filter((product) => product.category === category && product.name.startsWith(prefix))
      .sort((a, b) => (place(a) < place(b) ? -1 : 1))
      .filter((product) => after === undefined || place(product) > place(after));
    const seen = behind.slice(0, this.lookedAt);
    const found = seen.filter(({ published }) => published || !publishedOnly);
    const products = found
      .slice(0, limit)
      .map(({ productId, name, category, price, currency, published }) => ({
        productId,
        name,
        category,
        price,
        currency,
        published,
      }));
    const last = products.length < limit ? seen.at(-1) : products.at(-1);
    const isEnd = last?.productId === behind.at(-1)?.productId;
    return { products, next: isEnd ? undefined : last };
  }

  /** Stores what `effect` makes of the stored product, unless it makes nothing of it. */
  private write(
    { product: { productId }, ...answered }: ProductWrite,
    effect: (stored: Product | undefined) => Product | false,
  ): WriteResult {
    const first = this.responses.get(answered.request.keyHash);
    if (first !== undefined) return { result: "duplicate", response: first };
    const product = effect(this.products.get(productId));
    if (product === false) return { result: "changed" };
    this.products.set(productId, product);
    this.history.push(product);
    this.keep(answered);
    this.after();
    return { result: "written" };
  }

  private keep({ request: { keyHash, requestHash }, response }: KeyedResponse): void {
    const { statusCode, body } = response;
    this.responses.set(keyHash, { requestHash, statusCode, body });
  }
}

/** Where a product is in a list. */
const place = ({ name, productId }: Pick<Product, "name" | "productId">) =>
  `${name}\u0000${productId}`;
