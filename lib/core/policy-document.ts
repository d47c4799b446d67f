import type { PolicyDocument, PolicyStatement } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/** The statements as the JSON text of an IAM policy, version 2012-10-17 (the current language). */
export function policyJson(
  statements: pulumi.Input<pulumi.Input<PolicyStatement>[]>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements,
  } satisfies PolicyDocument);
}
