import { createHash } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, ignoredOnCreate, text } from "../creator";
import { nothingToDelete } from "../deletion";

/** The error that a function returns when it fails. */
const failure = z.looseObject({ errorType: text, errorMessage: z.string() });

const invocation = creator(
  {
    functionName: z.string(),
    input: z.string(),
    qualifier: text,
    lifecycleScope: z.literal("CREATE_ONLY").optional(),
    triggers: ignoredOnCreate,
  },
  async (args, cloud) => {
    const { FunctionError, Payload } = await cloud.clients.lambda.send(
      new InvokeCommand({
        FunctionName: args.functionName,
        Qualifier: args.qualifier,
        Payload: new TextEncoder().encode(args.input),
      }),
    );
    const result = new TextDecoder().decode(Payload);
    if (FunctionError !== undefined) {
      const known = failure.safeParse(JSON.parse(result));
      throw new Error(
        `function ${args.functionName} failed: ${known.success ? known.data.errorMessage : result}`,
      );
    }
    const digest = createHash("md5").update(args.input).digest("hex");
    return {
      id: `${args.functionName}_${args.qualifier ?? "$LATEST"}_${digest}`,
      outputs: { result },
    };
  },
);

/** Invocations by the program itself. */
export const invocationTypes: ResourceTypes = {
  "aws:lambda/invocation:Invocation": {
    create: invocation,
    replacedBy: ["functionName", "input", "qualifier", "triggers"],
    // an invocation cannot be undone
    delete: nothingToDelete,
  },
};
