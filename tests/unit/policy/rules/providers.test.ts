import { unknownValue } from "../../../../lib/policy/policy-graph";
import { providerRules } from "../../../../lib/policy/rules/providers";
import { describeRules } from "../rule-cases";

const vpcEndpoint = "https://vpce-1.sts.eu-central-1.vpce.amazonaws.com";

describeRules("rules for providers", providerRules, [
  {
    rule: "Provider.1",
    passes: [{}, { region: "eu-central-1", accessKey: "", profile: "deploy" }],
    fails: [
      { given: { accessKey: "AKIAIOSFODNN7EXAMPLE" }, at: ["accessKey"] },
      // a secret of the configuration, which the state has encrypted
      { given: { secretKey: unknownValue, token: unknownValue }, at: ["secretKey", "token"] },
    ],
  },
  {
    rule: "Provider.2",
    passes: [
      {},
      { insecure: false, skipCredentialsValidation: "false", endpoints: "" },
      { endpoints: [{ sts: vpcEndpoint, s3: "" }] },
      {
        endpoints: JSON.stringify([
          { sts: vpcEndpoint },
          { s3: "https://s3.cn-north-1.amazonaws.com.cn" },
        ]),
      },
    ],
    fails: [
      { given: { insecure: true }, at: ["insecure"] },
      { given: { insecure: "true" }, at: ["insecure"] },
      { given: { skipCredentialsValidation: "true" }, at: ["skipCredentialsValidation"] },
      {
        given: { endpoints: JSON.stringify([{ s3: "https://s3.example.com" }]) },
        at: ["endpoints"],
      },
      { given: { endpoints: [{ s3: "http://s3.eu-central-1.amazonaws.com" }] }, at: ["endpoints"] },
      { given: { endpoints: [{ s3: "https://s3.amazonaws.com.example.com" }] }, at: ["endpoints"] },
      { given: { endpoints: [{ s3: "s3" }, 7] }, at: ["endpoints", "endpoints"] },
      { given: { endpoints: "[{" }, at: ["endpoints"] },
    ],
  },
]);
