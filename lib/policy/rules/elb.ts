import type { LoadBalancerArgs as ClassicLoadBalancerArgs } from "@pulumi/aws/elb";
import type { ListenerArgs, LoadBalancerArgs } from "@pulumi/aws/lb";
import { byDefault, equals, matches, oneOf } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule, Subject } from "../rule";

/** Of application, network and gateway load balancers, under its old names too. */
const loadBalancerTypes = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
];
const listenerTypes = [
  "aws:lb/listener:Listener",
  "aws:alb/listener:Listener",
  "aws:elasticloadbalancingv2/listener:Listener",
  "aws:applicationloadbalancing/listener:Listener",
];
const classicTypes = [
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
];

const desyncMitigation = byDefault(oneOf("defensive", "strictest"));
/** Those with TLS 1.3 and without the `Ext` ciphers; the numbers are the lowest version, 1.2 or 1.3. */
const recommendedPolicy = matches(
  /^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-\d{4}-\d{2}$/,
  "a policy of TLS 1.2 or later, such as ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
);

/** The rules for load balancers. */
export const elbRules: readonly Rule[] = [
  resourceRule<ListenerArgs>({
    id: "ELB.1",
    title: "Listeners for HTTP redirect to HTTPS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      'Set the default action to { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }.',
    binding: true,
    types: listenerTypes,
    check: (listener) =>
      isForHttp(listener) && !redirectsToHttps(listener)
        ? [violation("HTTP is not redirected to HTTPS", "defaultActions")]
        : [],
  }),
  resourceRule<ClassicLoadBalancerArgs>({
    id: "ELB.3",
    title: "Listeners of classic load balancers use HTTPS or TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set lbProtocol to "https" or "ssl".',
    binding: true,
    types: classicTypes,
    check: (balancer) =>
      balancer
        .list("listeners")
        .flatMap((_, i) =>
          balancer.expect(
            `listeners.${String(i)}.lbProtocol`,
            matches(/^(https|ssl)$/i, "https or ssl"),
          ),
        ),
  }),
  resourceRule<LoadBalancerArgs>({
    id: "ELB.4",
    title: "Application load balancers drop malformed headers",
    severity: "medium",
    concern: "integrity",
    pci: ["6.2.4"],
    remediation: "Set dropInvalidHeaderFields: true.",
    types: loadBalancerTypes,
    check: (balancer) =>
      isApplication(balancer) ? balancer.expect("dropInvalidHeaderFields", equals(true)) : [],
  }),
  resourceRule<LoadBalancerArgs>({
    id: "ELB.5",
    title: "Application and classic load balancers log requests",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1", "10.4.2"],
    remediation: "Set accessLogs with a bucket and enabled: true.",
    types: [...loadBalancerTypes, ...classicTypes],
    check: (balancer) => {
      if (classicTypes.includes(balancer.resource.type)) {
        return balancer.has("accessLogs")
          ? balancer.expect("accessLogs.enabled", byDefault(equals(true)))
          : balancer.expectPresent("accessLogs");
      }
      return isApplication(balancer) ? balancer.expect("accessLogs.enabled", equals(true)) : [];
    },
  }),
  resourceRule<LoadBalancerArgs>({
    id: "ELB.6",
    title: "Load balancers are protected from deletion",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set enableDeletionProtection: true.",
    types: loadBalancerTypes,
    check: (balancer) => balancer.expect("enableDeletionProtection", equals(true)),
  }),
  resourceRule<ClassicLoadBalancerArgs>({
    id: "ELB.7",
    title: "Classic load balancers drain connections",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set connectionDraining: true.",
    types: classicTypes,
    check: (balancer) => balancer.expect("connectionDraining", equals(true)),
  }),
  resourceRule<ClassicLoadBalancerArgs>({
    id: "ELB.9",
    title: "Classic load balancers balance across zones",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Leave crossZoneLoadBalancing out, or set it to true.",
    types: classicTypes,
    check: (balancer) => balancer.expect("crossZoneLoadBalancing", byDefault(equals(true))),
  }),
  resourceRule<LoadBalancerArgs>({
    id: "ELB.12",
    title: "Application load balancers mitigate desync attacks",
    severity: "medium",
    concern: "integrity",
    pci: ["6.2.4"],
    remediation: 'Leave desyncMitigationMode out, or set it to "defensive" or "strictest".',
    types: loadBalancerTypes,
    check: (balancer) =>
      isApplication(balancer) ? balancer.expect("desyncMitigationMode", desyncMitigation) : [],
  }),
  resourceRule<LoadBalancerArgs>({
    id: "ELB.13",
    title: "Load balancers are in two zones or more",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set subnets, or subnetMappings, of at least two zones.",
    types: loadBalancerTypes,
    check: (balancer) => {
      const subnets = countAt(balancer, "subnets") + countAt(balancer, "subnetMappings");
      return subnets >= 2
        ? []
        : [violation(`found ${String(subnets)} subnets, expected two or more`, "subnets")];
    },
  }),
  resourceRule<ClassicLoadBalancerArgs>({
    id: "ELB.14",
    title: "Classic load balancers mitigate desync attacks",
    severity: "medium",
    concern: "integrity",
    pci: ["6.2.4"],
    remediation: 'Leave desyncMitigationMode out, or set it to "defensive" or "strictest".',
    types: classicTypes,
    check: (balancer) => balancer.expect("desyncMitigationMode", desyncMitigation),
  }),
  graphRule<LoadBalancerArgs>({
    id: "ELB.16",
    title: "Public application load balancers are protected by a web ACL",
    severity: "medium",
    concern: "integrity",
    pci: ["6.4.2"],
    remediation: "Add a wafv2.WebAclAssociation with the load balancer's ARN as resourceArn.",
    types: loadBalancerTypes,
    check: (balancer, graph) =>
      !isApplication(balancer) ||
      balancer.get("internal") === true ||
      [
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "aws:wafregional/webAclAssociation:WebAclAssociation",
      ].some((type) => graph.referringTo(balancer.resource, type, "resourceArn").length > 0)
        ? []
        : [violation("no web ACL is associated with the load balancer")],
  }),
  resourceRule<ListenerArgs>({
    id: "ELB.17",
    title: "Listeners for HTTPS and TLS accept TLS 1.2 or later with strong ciphers only",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06".',
    binding: true,
    types: listenerTypes,
    check: (listener) =>
      listener.get("protocol") === "HTTPS" || listener.get("protocol") === "TLS"
        ? listener.expect("sslPolicy", recommendedPolicy)
        : [],
  }),
];

/** The type is application, unless another is given. */
function isApplication(balancer: Subject<LoadBalancerArgs>): boolean {
  return byDefault(equals("application")).isMet(balancer.get("loadBalancerType"));
}

/** The protocol is HTTP, unless another is given; a gateway load balancer's listener has neither it nor a port. */
function isForHttp(listener: Subject<ListenerArgs>): boolean {
  const protocol = listener.get("protocol");
  return protocol === "HTTP" || (protocol === undefined && listener.has("port"));
}

function redirectsToHttps(listener: Subject<ListenerArgs>): boolean {
  return listener
    .list("defaultActions")
    .some((_, i) => listener.get(`defaultActions.${String(i)}.redirect.protocol`) === "HTTPS");
}

function countAt(balancer: Subject<LoadBalancerArgs>, path: "subnets" | "subnetMappings"): number {
  const value = balancer.get(path);
  return Array.isArray(value) ? value.length : 0;
}
