import type { Foundation } from "../../foundation/foundation";
import { ApiAccountComponent } from "../../components/api-account";
import { ApiDomainComponent } from "../../components/api-domain";
import { ApiGatewayComponent } from "../../components/api-gateway";
import { WafComponent } from "../../components/waf";
import { domainIn } from "../../core/names";
import { maxBodyBytes } from "../../lambda/payments/api/schemas";
import { apiRoutes } from "./api-routes";
import type { PaymentFunctions } from "./functions";
import type { ProgramInputs } from "../contract";
import type { PaymentsSettings } from "./settings";

/** Registers the payments' API with its domain and its web ACL. */
export function buildApi(
  foundation: Foundation,
  settings: PaymentsSettings,
  { payment, accounts }: PaymentFunctions,
  inputs: ProgramInputs,
) {
  const { name, child, context, network, logs } = foundation;
  const { customDomain, hostedZoneId } = settings.api;
  const endpoint = settings.api.endpoint === "private" ? foundation.apiEndpoint() : undefined;
  const account =
    settings.api.accountLogging === "managed"
      ? new ApiAccountComponent(`${name}-api-account`, { context, purpose: "api-logs" }, child)
      : undefined;
  const api = new ApiGatewayComponent(
    `${name}-api`,
    {
      context,
      purpose: "api",
      description: "Takes payments",
      routes: apiRoutes,
      ...(endpoint !== undefined && { endpoint }),
      function: { name: payment.functionName, invokeArn: payment.invokeArn },
      functions: { accounts: { name: accounts.functionName, invokeArn: accounts.invokeArn } },
      authorization: settings.api.authorization,
      allowedOrigins: settings.api.allowedOrigins,
      problemTypePrefix: "urn:payments:problem:",
      throttle: settings.api.throttle,
      accessLogs: logs,
      executionLogs: logs,
    },
    // a stage that logs is refused while the account has no logging role
    { ...child, dependsOn: account === undefined ? [] : [account] },
  );
  const domain =
    customDomain === null
      ? undefined
      : new ApiDomainComponent(
          `${name}-api-domain`,
          {
            context,
            domainName: context.aws.accountId.apply((id) => domainIn(id, customDomain)),
            certificateArn: inputs.apiCertificateArn ?? settings.api.certificateArn,
            restApiId: api.restApiId,
            stageName: api.stageName,
            ...(endpoint !== undefined && {
              endpoint,
              zone: {
                description: `The payments API within the ${context.environment} network`,
                vpcId: network.vpcId,
              },
            }),
            ...(hostedZoneId !== null && { zone: { existing: { zoneId: hostedZoneId } } }),
          },
          child,
        );
  const waf = settings.waf.enabled
    ? new WafComponent(
        `${name}-waf`,
        {
          context,
          purpose: "waf",
          description: "Stands before the payments API",
          stageArn: api.stageArn,
          rateLimit: settings.waf.rateLimit,
          signedRequests: settings.waf.signedRequests,
          maxBodyBytes,
          logs,
        },
        child,
      )
    : undefined;
  return { account, api, endpoint, domain, waf };
}
