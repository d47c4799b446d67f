import { cognitoRules } from "../../../../lib/policy/rules/cognito";
import { describeRules } from "../rule-cases";

const strong = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 3,
};
const { temporaryPasswordValidityDays, ...withoutDays } = strong;
const policy = (changed: Partial<typeof strong>) => ({ passwordPolicy: { ...strong, ...changed } });
const factors = (...allowedFirstAuthFactors: string[]) => ({
  signInPolicy: { allowedFirstAuthFactors },
});

describeRules("rules for Cognito", cognitoRules, [
  {
    rule: "Cognito.3",
    passes: [
      {},
      policy({}),
      policy({ minimumLength: 8, temporaryPasswordValidityDays: 7 }),
      { passwordPolicy: withoutDays },
    ],
    fails: [
      { given: policy({ minimumLength: 7 }), at: ["passwordPolicy.minimumLength"] },
      {
        given: policy({ requireLowercase: false, requireUppercase: false }),
        at: ["passwordPolicy.requireLowercase", "passwordPolicy.requireUppercase"],
      },
      {
        given: policy({ temporaryPasswordValidityDays: 8 }),
        at: ["passwordPolicy.temporaryPasswordValidityDays"],
      },
      {
        given: { passwordPolicy: { temporaryPasswordValidityDays } },
        at: [
          "passwordPolicy.minimumLength",
          "passwordPolicy.requireLowercase",
          "passwordPolicy.requireNumbers",
          "passwordPolicy.requireSymbols",
          "passwordPolicy.requireUppercase",
        ],
      },
    ],
  },
  {
    rule: "Cognito.5",
    passes: [
      { mfaConfiguration: "ON" },
      { mfaConfiguration: "OPTIONAL" },
      factors("PASSWORD", "WEB_AUTHN"),
    ],
    fails: [
      { given: {}, at: ["mfaConfiguration"] },
      { given: { mfaConfiguration: "OFF" }, at: ["mfaConfiguration"] },
      { given: factors("PASSWORD"), at: ["mfaConfiguration"] },
    ],
  },
  {
    rule: "Cognito.6",
    passes: [{ deletionProtection: "ACTIVE" }],
    fails: [
      { given: {}, at: ["deletionProtection"] },
      { given: { deletionProtection: "INACTIVE" }, at: ["deletionProtection"] },
    ],
  },
  {
    rule: "Identity.1",
    passes: [
      { preventUserExistenceErrors: "ENABLED" },
      { preventUserExistenceErrors: "ENABLED", enableTokenRevocation: true },
    ],
    fails: [
      { given: {}, at: ["preventUserExistenceErrors"] },
      { given: { preventUserExistenceErrors: "LEGACY" }, at: ["preventUserExistenceErrors"] },
      {
        given: { preventUserExistenceErrors: "ENABLED", enableTokenRevocation: false },
        at: ["enableTokenRevocation"],
      },
    ],
  },
]);
