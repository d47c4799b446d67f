/**
 * How long the deletion waits of what Lambda's network interfaces are in. Lambda keeps them for up to 35 minutes after the
 * last function that used them (P99, says the provider), and for over an hour at times (terraform-provider-aws#32130);
 * the provider itself waits for 45 minutes.
 */
export const untilLambdaLetsGo = { delete: "60m" } as const;
