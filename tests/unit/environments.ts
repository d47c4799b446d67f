import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentType } from "../../lib/types";
import { program } from "../../lib/program";
import { record } from "../../lib/graph/record";
import type { ProgramGraph } from "../../lib/graph/program-graph";
import type { PaymentStackOutputs } from "../../lib/payment-stack";

// megabytes of bundles are function-code.test.ts's matter; here they would be most of the time
jest.mock("../../lib/components/lambda/code", () => {
  const { StringAsset, AssetArchive } = pulumi.asset;
  return {
    functionCode: (name: string) => ({
      archive: new AssetArchive({ "index.mjs": new StringAsset(`// ${name}`) }),
      hash: Promise.resolve(`hash of ${name}`),
    }),
  };
});

/** The program's graph for a stack of an environment, by default the environment's own. */
export function recordProgram(
  environment: EnvironmentType,
  options: { stack?: string; config?: Readonly<Record<string, string>> } = {},
): Promise<ProgramGraph<PaymentStackOutputs>> {
  return record(program, {
    stack: options.stack ?? environment,
    config: { "payments:environment": environment, ...options.config },
  });
}
