import { isRecord } from "../../core/is-record";
import { absent, byDefault, oneOf } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule, Subject, Violation } from "../rule";

/** A provider's arguments; all but texts are in JSON. */
interface ProviderArgs {
  readonly accessKey?: unknown;
  readonly secretKey?: unknown;
  readonly token?: unknown;
  readonly insecure?: unknown;
  readonly skipCredentialsValidation?: unknown;
  readonly endpoints?: unknown;
}

const types = ["pulumi:providers:aws", "pulumi:providers:aws-native"];

/** The rules for the AWS providers themselves: their credentials and endpoints. */
export const providerRules: readonly Rule[] = [
  resourceRule<ProviderArgs>({
    id: "Provider.1",
    title: "Providers have no access keys from the program",
    severity: "high",
    concern: "confidentiality",
    pci: ["8.6.2"],
    remediation:
      "Leave accessKey, secretKey and token out: a role of who deploys, by OpenID Connect, profile or environment.",
    binding: true,
    types,
    check: (provider) =>
      (["accessKey", "secretKey", "token"] as const)
        .filter((key) => provider.has(key))
        // the value is not reported: it is a key
        .map((key) => violation(`found a key, expected ${absent.expected}`, key)),
  }),
  resourceRule<ProviderArgs>({
    id: "Provider.2",
    title: "Providers use AWS's endpoints over TLS and validate their credentials",
    severity: "high",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: "Leave insecure, skipCredentialsValidation and endpoints outside of AWS out.",
    binding: true,
    types,
    check: (provider) => [
      ...provider.expect("insecure", off),
      ...provider.expect("skipCredentialsValidation", off),
      ...foreignEndpoints(provider),
    ],
  }),
];

const off = byDefault(oneOf(false, "false"));

/** The endpoints of services, given one by one, that are not AWS's. */
function foreignEndpoints(provider: Subject<ProviderArgs>): Violation[] {
  return endpointsOf(provider.get("endpoints"))
    .filter((endpoint) => !isOfAws(endpoint))
    .map((endpoint) => violation(`${String(endpoint)} is not AWS's`, "endpoints"));
}

function endpointsOf(value: unknown): unknown[] {
  if (value === undefined || value === null || value === "") return [];
  if (typeof value === "string") {
    try {
      return endpointsOf(JSON.parse(value));
    } catch {
      return [value];
    }
  }
  if (Array.isArray(value)) return value.flatMap((item) => endpointsOf(item));
  return isRecord(value) ? Object.values(value).filter((one) => one !== "") : [value];
}

function isOfAws(endpoint: unknown): boolean {
  const text = String(endpoint);
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" && /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(hostname);
}
