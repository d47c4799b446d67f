import type { ManagedPrefixListArgs, ManagedPrefixListEntryArgs } from "@pulumi/aws/ec2";
import { isEveryone, networksOf, parseNetwork } from "../network";
import { UnknownValueError, findingsOf } from "../policy-graph";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, violation } from "../rule";
import type { Rule, Violation } from "../rule";
import { formatPorts, includesPort, isWeb, securityGroupTypes, trafficRules } from "../traffic";
import type { TrafficRule } from "../traffic";

const { group, defaultGroup, rule, ingressRule } = securityGroupTypes;
const listType = "aws:ec2/managedPrefixList:ManagedPrefixList";
const entryType = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/** The rules about networks that no single rule of a security group shows: those that add up, those behind a name. */
export const networkRules: readonly Rule[] = [
  graphRule<ManagedPrefixListArgs>({
    id: "Network.4",
    title: "Prefix lists name networks, not everyone",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1", "1.4.2"],
    remediation:
      "Leave 0.0.0.0/0, ::/0 and ranges broader than /8 (IPv6: /32) out; where everyone is meant, say so in the rule.",
    binding: true,
    types: [listType],
    check: (list, graph) => {
      const blocks = blocksOf(list, graph);
      const networks = networksOf(blocks);
      return [
        ...(isEveryone(networks) ? [violation("its networks mean everyone", "entries")] : []),
        ...blocks
          .filter((block) => parseNetwork(block) === undefined)
          .map((block) => violation(`"${block}" is no network`, "entries")),
      ];
    },
  }),
  graphRule({
    id: "Network.5",
    title: "The rules of a security group do not add up to everyone",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.2.5", "1.3.1", "1.4.2"],
    remediation: "Name the networks that connect, and no others.",
    binding: true,
    types: [group, defaultGroup],
    check: ({ resource }, graph) => {
      const openers = [resource, ...rulesOf(resource, graph)];
      return findingsOf([
        () => combined(openers.flatMap((one) => trafficRules(one, "ingress"))),
        ...openers.map((one) => () => unknownLists(one, graph)),
      ]);
    },
  }),
];

function combined(all: readonly TrafficRule[]): Violation[] {
  // what a single rule opens to everyone is found by other rules
  const narrow = all.filter(
    (one) => one.protocol !== "other" && !isWeb(one) && !isEveryone(one.networks),
  );
  // thousands of rules rarely add up at all
  if (!isEveryone(narrow.flatMap(({ networks }) => networks))) return [];
  // where ranges of ports overlap, one of them begins
  const firstPorts = new Map(narrow.map((one) => [one.fromPort, one]));
  const tooMuch = [...firstPorts.values()].find(({ fromPort }) =>
    isEveryone(
      narrow.filter((one) => includesPort(one, fromPort)).flatMap(({ networks }) => networks),
    ),
  );
  return tooMuch === undefined
    ? []
    : [violation(`together its rules let everyone connect to ${formatPorts(tooMuch)}`)];
}

/** The entries of a prefix list that the stack does not declare are not known here. */
function unknownLists(resource: PolicyResource, graph: PolicyGraph): Violation[] {
  for (const { lists } of trafficRules(resource, "ingress")) {
    const [property = ""] = lists?.split(".") ?? [];
    if (lists !== undefined && graph.referredToBy(resource, property, listType).length === 0) {
      throw new UnknownValueError(lists);
    }
  }
  return [];
}

function rulesOf(owner: PolicyResource, graph: PolicyGraph): PolicyResource[] {
  return [rule, ingressRule].flatMap((type) => graph.referringTo(owner, type, "securityGroupId"));
}

/** The blocks of a list, and of entries that are resources of their own. */
function blocksOf(list: Subject<ManagedPrefixListArgs>, graph: PolicyGraph): string[] {
  const own = list.list("entries").map((_, i) => list.get(`entries.${String(i)}.cidr`));
  const added = graph
    .referringTo(list.resource, entryType, "prefixListId")
    .map((entry) => new Subject<ManagedPrefixListEntryArgs>(entry).get("cidr"));
  return [...own, ...added].map(String);
}
