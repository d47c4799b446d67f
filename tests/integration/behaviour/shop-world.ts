import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { toProductItem } from "../../../lib/lambda/storefront/store/product-item";
import { aws, text } from "../deployed";
import { FaultProxy } from "./fault-proxy";
import { copyFunction } from "./function-copy";
import { FunctionProcess } from "./function-process";
import { takeCopyOfRole } from "./world-role";

type Environment = Readonly<Record<string, string>>;

/** What the outputs of each function begin with. */
const functions = {
  orders: "OrdersLambda",
  settle: "SettleOrdersLambda",
  expire: "ExpireOrdersLambda",
} as const;

/** A function of the storefront. */
export type ShopFunction = keyof typeof functions;

/** A process of a function with the proxy that injects faults into its calls to AWS and to the payments API. */
export interface ShopWorker {
  readonly proxy: FaultProxy;
  process: FunctionProcess;
}

/**
 * The deployed functions of the storefront, code, configuration and permissions, on the deployed tables and payments,
 * but in processes that a test may end.
 */
export class ShopWorld {
  private readonly id = randomUUID().slice(0, 8);
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-shop-"));
  private readonly environments = new Map<ShopFunction, Environment>();
  private readonly processes = new Set<FunctionProcess>();
  private readonly proxies = new Set<FaultProxy>();

  static async make(): Promise<ShopWorld> {
    const world = new ShopWorld();
    // one for both: a key of the payments is its caller's
    const ofOrders = await world.credentials("orders");
    await world.load("orders", ofOrders);
    await world.load("expire", ofOrders);
    await world.load("settle", await world.credentials("settle"));
    return world;
  }

  /** A process of a function; `changes` are to its environment. */
  start(name: ShopFunction, changes: Environment = {}): FunctionProcess {
    const started = new FunctionProcess(path.join(this.folder, name, "index.mjs"), {
      ...this.environments.get(name),
      ...changes,
    });
    this.processes.add(started);
    return started;
  }

  /** Processes of a function with proxies before them. */
  async workers(name: ShopFunction, count: number): Promise<ShopWorker[]> {
    const target = process.env["AWS_ENDPOINT_URL"] ?? "";
    return Promise.all(
      Array.from({ length: count }, async () => {
        const proxy = await FaultProxy.start(target);
        this.proxies.add(proxy);
        return { proxy, process: this.behind(proxy, name) };
      }),
    );
  }

  /** Gives a worker a new process. */
  renew(worker: ShopWorker, name: ShopFunction): void {
    worker.process.kill();
    worker.process = this.behind(worker.proxy, name);
  }

  /** Ends all processes. The rest goes with the local cloud. */
  stop(): void {
    for (const one of this.processes) one.kill();
    for (const one of this.proxies) one.stop();
    fs.rmSync(this.folder, { recursive: true });
  }

  private behind(proxy: FaultProxy, name: ShopFunction): FunctionProcess {
    const { pathname } = new URL(text("apiEndpoint"));
    const started = this.start(name, {
      AWS_ENDPOINT_URL: proxy.url,
      PAYMENTS_URL: `${proxy.url}${pathname}`,
    });
    proxy.onKill = () => {
      started.kill();
    };
    return started;
  }

  private credentials(name: ShopFunction): Promise<Environment> {
    return takeCopyOfRole(`shop-${this.id}-${name}`, text(`${functions[name]}RoleName`), {});
  }

  private async load(name: ShopFunction, credentials: Environment): Promise<void> {
    const functionName = text(`${functions[name]}Name`);
    const { PATH = "" } = process.env;
    this.environments.set(name, {
      ...(await copyFunction(functionName, path.join(this.folder, name))),
      ...credentials,
      PATH,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_SDK_UA_APP_ID: this.id, // what it uses is not the deployed function's
      AWS_REGION: text("region"),
    });
  }
}

/** Stores a product that is for sale, 10 in stock. */
export async function putProduct(): Promise<string> {
  const productId = `item_${randomUUID().replaceAll("-", "")}`;
  const product = { productId, name: "House blend", category: "test", price: 250, currency: "EUR" };
  const rest = { stock: 10, published: true, version: 1, createdAt: 0, updatedAt: 0 };
  await aws.dynamoDb.send(
    new PutItemCommand({
      TableName: text("ProductsTableName"),
      Item: toProductItem({ ...product, ...rest }),
    }),
  );
  return productId;
}
