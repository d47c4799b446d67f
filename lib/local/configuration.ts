import * as pulumi from "@pulumi/pulumi";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import { readStackConfig } from "../stack-config";
import type { StackFile } from "../stack-file";

/**
 * Reads a stack's configuration as the program will, before there is anything to deploy it to.
 *
 * @throws `ConfigurationError`, listing every problem.
 */
export async function checkConfiguration(stack: string, stackFile: StackFile): Promise<void> {
  const { project, config } = stackFile;
  await setMocks({ newResource: nothing, call: nothing }, project, stack);
  pulumi.runtime.setAllConfig({ ...config });
  readStackConfig();
}

function nothing(): never {
  throw new Error("reading a configuration makes nothing and asks for nothing");
}
