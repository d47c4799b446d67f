import { PolicyGraph, UnknownValueError, unknownValue } from "../../../../lib/policy/policy-graph";
import { elbRules } from "../../../../lib/policy/rules/elb";
import { describeRules, resource } from "../rule-cases";

const balancer = (properties: Record<string, unknown>, type = "aws:lb/loadBalancer:LoadBalancer") =>
  resource(type, properties, { name: "balancer", arn: "arn:balancer" });
const classic = (properties: Record<string, unknown>) =>
  balancer(properties, "aws:elb/loadBalancer:LoadBalancer");
const association = (resourceArn: string) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn }, { name: "waf" });
const redirect = (more: Record<string, unknown>) => ({
  defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", ...more } }],
});
const forward = { defaultActions: [{ type: "forward", targetGroupArn: "arn:targets" }] };

describeRules("rules for load balancers", elbRules, [
  {
    rule: "ELB.1",
    passes: [
      { protocol: "HTTPS", port: 443, ...forward },
      { protocol: "HTTP", port: 80, ...redirect({ protocol: "HTTPS" }) },
      { protocol: "TCP", port: 80, ...forward },
      { ...forward },
    ],
    fails: [
      { given: { protocol: "HTTP", port: 80, ...forward }, at: ["defaultActions"] },
      { given: { port: 80, ...forward }, at: ["defaultActions"] },
      { given: { protocol: "HTTP", ...redirect({ host: "pay" }) }, at: ["defaultActions"] },
      {
        given: [resource("aws:alb/listener:Listener", { protocol: "HTTP", ...forward })],
        at: ["defaultActions"],
      },
    ],
  },
  {
    rule: "ELB.3",
    passes: [{ listeners: [{ lbProtocol: "https" }, { lbProtocol: "SSL" }] }],
    fails: [
      {
        given: { listeners: [{ lbProtocol: "https" }, { lbProtocol: "http" }] },
        at: ["listeners.1.lbProtocol"],
      },
    ],
  },
  {
    rule: "ELB.4",
    passes: [{ dropInvalidHeaderFields: true }, { loadBalancerType: "network" }],
    fails: [
      { given: {}, at: ["dropInvalidHeaderFields"] },
      { given: { loadBalancerType: "application" }, at: ["dropInvalidHeaderFields"] },
    ],
  },
  {
    rule: "ELB.5",
    passes: [
      { accessLogs: { bucket: "logs", enabled: true } },
      { loadBalancerType: "network" },
      [classic({ accessLogs: { bucket: "logs" } })],
    ],
    fails: [
      { given: {}, at: ["accessLogs.enabled"] },
      { given: { accessLogs: { bucket: "logs" } }, at: ["accessLogs.enabled"] },
      { given: [classic({})], at: ["accessLogs"] },
      {
        given: [classic({ accessLogs: { bucket: "logs", enabled: false } })],
        at: ["accessLogs.enabled"],
      },
    ],
  },
  {
    rule: "ELB.6",
    passes: [{ enableDeletionProtection: true }],
    fails: [
      { given: {}, at: ["enableDeletionProtection"] },
      { given: { loadBalancerType: "network" }, at: ["enableDeletionProtection"] },
    ],
  },
  {
    rule: "ELB.7",
    passes: [{ connectionDraining: true }],
    fails: [{ given: {}, at: ["connectionDraining"] }],
  },
  {
    rule: "ELB.9",
    passes: [{}, { crossZoneLoadBalancing: true }],
    fails: [{ given: { crossZoneLoadBalancing: false }, at: ["crossZoneLoadBalancing"] }],
  },
  {
    rule: "ELB.12",
    passes: [
      {},
      { desyncMitigationMode: "strictest" },
      { loadBalancerType: "network", desyncMitigationMode: "monitor" },
    ],
    fails: [{ given: { desyncMitigationMode: "monitor" }, at: ["desyncMitigationMode"] }],
  },
  {
    rule: "ELB.13",
    passes: [
      { subnets: ["subnet-1", unknownValue] },
      { subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] },
    ],
    fails: [
      { given: {}, at: ["subnets"] },
      { given: { loadBalancerType: "network", subnets: ["subnet-1"] }, at: ["subnets"] },
    ],
  },
  {
    rule: "ELB.14",
    passes: [{}, { desyncMitigationMode: "defensive" }],
    fails: [{ given: { desyncMitigationMode: "monitor" }, at: ["desyncMitigationMode"] }],
  },
  {
    rule: "ELB.16",
    passes: [
      [balancer({}), association("arn:balancer")],
      { internal: true },
      { loadBalancerType: "network" },
    ],
    fails: [
      { given: [balancer({})], at: [] },
      { given: [balancer({ internal: false }), association("arn:another")], at: [] },
    ],
  },
  {
    rule: "ELB.17",
    passes: [
      { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04" },
      { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09" },
      { protocol: "TCP" },
    ],
    fails: [
      { given: { protocol: "HTTPS" }, at: ["sslPolicy"] },
      { given: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" }, at: ["sslPolicy"] },
      {
        given: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06" },
        at: ["sslPolicy"],
      },
      {
        given: { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" },
        at: ["sslPolicy"],
      },
    ],
  },
]);

it("cannot evaluate the zones of a load balancer whose subnets are known after the deployment only", () => {
  const rule = elbRules.find(({ id }) => id === "ELB.13");
  const unknown = balancer({ subnets: unknownValue });
  expect(() => rule?.check(unknown, new PolicyGraph([unknown]))).toThrow(UnknownValueError);
});
