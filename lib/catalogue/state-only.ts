/**
 * Providers whose resources exist in Pulumi's state only: numbers and names, keys and certificates (what uses them is
 * known by its own type), stacks and providers.
 */
const stateOnlyProviders = ["random", "tls", "pulumi"];

/** Whether resources of a type exist in Pulumi's state only. */
export function isInStateOnly(type: string): boolean {
  return stateOnlyProviders.some((provider) => type.startsWith(`${provider}:`));
}
