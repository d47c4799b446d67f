import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentType } from "../../lib/types";
import { program } from "../../lib/program";
import { withModulesOn } from "../../lib/modules/switch-on";
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

/** The program's graph for a stack of an environment, by default the environment's own, as it is in the code. */
export function recordProgram(
  environment: EnvironmentType,
  options: {
    stack?: string;
    config?: Readonly<Record<string, string>>;
    /** Optional modules to switch on; `all` stands for every one. */
    with?: readonly string[];
  } = {},
): Promise<ProgramGraph<PaymentStackOutputs>> {
  const stack = options.stack ?? environment;
  // what prod demands its own file says, too
  const alarms = environment === "prod" && { "payments:alarms": '{"emailAddresses":"none"}' };
  const config = { "payments:environment": environment, ...alarms, ...options.config };
  const file = { project: "payments", config, skippedKeys: [] };
  return record(program, { stack, config: withModulesOn(file, stack, options.with ?? []).config });
}
