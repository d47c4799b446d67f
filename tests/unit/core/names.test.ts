import { inRegion, regional } from "../../../lib/core/context";
import {
  bucketPrefix,
  defaultDomain,
  domainIn,
  isDomain,
  keyAlias,
  maxSuffixLength,
  policyName,
  resourceName,
  roleName,
} from "../../../lib/core/names";
import { testContext } from "../context";

const names = (scope: Parameters<typeof resourceName>[0]) =>
  [resourceName, roleName, policyName, keyAlias, bucketPrefix].map((name) => name(scope, "report"));

describe("physical names", () => {
  it("contain the program, the environment, the purpose and the stack", () => {
    expect(names(testContext("prod", "eu"))).toEqual([
      "payments-prod-report-eu",
      "prod-payment-report-role-eu",
      "prod-payment-report-policy-eu",
      "alias/payment-report-prod-eu",
      "payments-prod-report-",
    ]);
  });

  it("name a key after the environment alone in the environment's own stack", () => {
    expect(keyAlias(testContext("prod"), "rds")).toBe("alias/payment-rds-prod");
    expect(keyAlias(testContext("dev", "prod"), "rds")).toBe("alias/payment-rds-dev-prod");
  });

  it("are another program's where it has prefixes of its own", () => {
    const scope = { ...testContext("dev"), prefix: "shops", shortPrefix: "shop" };

    expect(names(scope)).toEqual([
      "shops-dev-report-dev",
      "dev-shop-report-role-dev",
      "dev-shop-report-policy-dev",
      "alias/shop-report-dev",
      "shops-dev-report-",
    ]);
  });

  it.each([
    ["us-west-2", "usw2"],
    ["eu-central-1", "euc1"],
    ["ap-northeast-1", "apne1"],
    ["ap-southeast-4", "apse4"],
    ["us-gov-west-1", "usgw1"],
    ["cn-northwest-1", "cnnw1"],
    ["me-south-1", "mes1"],
  ])("distinguish %s by %s from the stack's own region", (region, short) => {
    const scope = inRegion(testContext("prod", "eu"), region);

    expect(resourceName(scope, "report")).toBe(`payments-prod-report-${short}-eu`);
    expect(roleName(scope, "report")).toBe(`prod-payment-report-${short}-role-eu`);
  });
});

describe("a domain", () => {
  it("is the account's own by default, in labels and a length that DNS takes with the longest suffix", () => {
    const longest = defaultDomain(testContext("staging", "s".repeat(maxSuffixLength)), "shop");

    expect(isDomain(longest)).toBe(true);
    expect(domainIn("123456789012", defaultDomain(testContext("dev"), "api"))).toBe(
      "api-dev-123456789012.payments.internal",
    );
    expect(domainIn("123456789012", "api.example.com")).toBe("api.example.com");
  });

  it.each([
    ["api.example.com", true],
    ["{account}.api.example.com", true],
    ["api", false],
    ["api.example.com.", false],
    ["-api.example.com", false],
    ["{region}.example.com", false],
    [`${"a".repeat(52)}{account}.example.com`, false],
    [`${"a.".repeat(126)}com`, false],
  ])("is refused where DNS has no such name: %s", (name, isOne) => {
    expect(isDomain(name)).toBe(isOne);
  });
});

describe("a context in another region", () => {
  it("gives resources that region as an argument; the stack's own region none", () => {
    expect(regional(inRegion(testContext(), "us-west-2"))).toEqual({ region: "us-west-2" });
    expect(regional(testContext())).toEqual({});
  });
});
