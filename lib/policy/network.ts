import { isIPv4, isIPv6 } from "node:net";

/** A range of addresses, as CIDR notation gives it. */
export interface Network {
  readonly ipVersion: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * The network that a text in CIDR notation means, whether or not bits of a host are set in it; an IPv4-mapped IPv6
 * network is the IPv4 network.
 *
 * @returns undefined if it is no CIDR notation.
 */
export function parseNetwork(text: string): Network | undefined {
  const [, address = "", length = ""] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  if (isIPv4(address)) return range(4, fromIpv4(address), Number(length));
  if (!isIPv6(address)) return undefined;
  const number = fromIpv6(address);
  return number >> 32n === mappedPrefix && Number(length) >= 96
    ? range(4, number & 0xffff_ffffn, Number(length) - 96)
    : range(6, number, Number(length));
}

/**
 * Whether networks together are so large that they mean everyone: more public addresses than a /8 of IPv4 or a /32 of
 * IPv6 has, which is where S3 draws the line too
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html).
 */
export function isEveryone(networks: readonly Network[]): boolean {
  return ([4, 6] as const).some(
    (version) =>
      publicAddresses(networks.filter(({ ipVersion }) => ipVersion === version)) >
      largestNetwork[version],
  );
}

const mappedPrefix = 0xffffn;
const bits = { 4: 32, 6: 128 } as const;
const largestNetwork = { 4: 2n ** 24n, 6: 2n ** 96n } as const;

/** The networks of texts; what is none is left out. */
export function networksOf(blocks: readonly string[]): Network[] {
  return blocks.map((block) => parseNetwork(block)).filter((network) => network !== undefined);
}

/** RFC 1918's, RFC 4193's and link-local addresses: nobody on the internet has one. */
const privateNetworks = networksOf([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
  "fe80::/10",
]);

function range(ipVersion: 4 | 6, address: bigint, length: number): Network | undefined {
  const hostBits = bits[ipVersion] - length;
  if (hostBits < 0) return undefined;
  const size = 2n ** BigInt(hostBits);
  const first = (address / size) * size;
  return { ipVersion, first, last: first + size - 1n };
}

function fromIpv4(address: string): bigint {
  return address.split(".").reduce((number, part) => number * 256n + BigInt(part), 0n);
}

function fromIpv6(address: string): bigint {
  const hex = address.replace(/[\d.]+\.[\d.]+$/, (ipv4) => {
    const number = fromIpv4(ipv4);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const missing = 8 - hex.split(":").filter((group) => group !== "").length;
  return hex
    .replace("::", `:${"0:".repeat(missing)}`)
    .split(":")
    .filter((group) => group !== "")
    .reduce((number, group) => number * 0x1_0000n + BigInt(`0x${group}`), 0n);
}

/** How many addresses are in any of the networks of one version of IP, but for private networks. */
function publicAddresses(networks: readonly Network[]): bigint {
  const sorted = networks
    .filter((network) => !privateNetworks.some((outer) => isWithin(network, outer)))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  let counted = 0n;
  let next = 0n;
  for (const { first, last } of sorted) {
    if (last < next) continue;
    counted += last + 1n - (first > next ? first : next);
    next = last + 1n;
  }
  return counted;
}

function isWithin(network: Network, outer: Network): boolean {
  return (
    network.ipVersion === outer.ipVersion &&
    network.first >= outer.first &&
    network.last <= outer.last
  );
}
