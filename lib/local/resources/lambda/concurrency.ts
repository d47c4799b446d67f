import {
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
  paginateListFunctions,
} from "@aws-sdk/client-lambda";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { Semaphore } from "../../semaphore";
import { refusal } from "../refusal";

/** Lambda's default quota in a region; a new account may have as few as 10 until it asks for more. */
const accountConcurrency = 1000;

/** What Lambda wants left to the functions that reserve none (developer guide, "Configuring reserved concurrency"). */
const leastUnreserved = 100;

/** Two that reserve at once could each take what is left. */
const oneAtATime = new Semaphore(1);

/**
 * Reserves concurrency for a function, as far as the account has it: the emulator reserves any number.
 *
 * @throws Lambda's error where less would be left to the functions that reserve none than there has to be.
 */
export function reserveConcurrency(
  lambda: LambdaClient,
  FunctionName: string,
  ReservedConcurrentExecutions: number,
): Promise<void> {
  return oneAtATime.run(async () => {
    const others = await reservedBeside(lambda, FunctionName);
    if (accountConcurrency - others - ReservedConcurrentExecutions < leastUnreserved)
      throw refusal(
        "InvalidParameterValueException",
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
          `below its minimum value of [${String(leastUnreserved)}].`,
      );
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
    );
  });
}

/** What the region's other functions have reserved. */
async function reservedBeside(client: LambdaClient, name: string): Promise<number> {
  let reserved = 0;
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName } of Functions) {
      if (FunctionName === name) continue;
      const concurrency = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
      reserved += concurrency.ReservedConcurrentExecutions ?? 0;
    }
  }
  return reserved;
}
