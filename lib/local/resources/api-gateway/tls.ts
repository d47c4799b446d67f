import { EndpointAccessMode, SecurityPolicy } from "@aws-sdk/client-api-gateway";
import type { EndpointType } from "@aws-sdk/client-api-gateway";
import * as z from "zod";
import { refusal } from "../refusal";

/** The arguments of an API's or a domain name's TLS. */
export const tls = {
  securityPolicy: z.enum(SecurityPolicy).optional(),
  endpointAccessMode: z.enum(EndpointAccessMode).optional(),
};

/**
 * Refuses combinations that API Gateway refuses, which the emulator does not (developer guide, "Security policies for
 * REST APIs in API Gateway" and "Supported security policies").
 *
 * @throws `BadRequestException`, as API Gateway does.
 */
export function refuseTls(
  {
    securityPolicy,
    endpointAccessMode,
  }: {
    readonly securityPolicy?: SecurityPolicy | undefined;
    readonly endpointAccessMode?: EndpointAccessMode | undefined;
  },
  endpointType: EndpointType,
): void {
  const isEnhanced = securityPolicy?.startsWith("SecurityPolicy_") ?? false;
  if (isEnhanced && endpointAccessMode === undefined) {
    // the message is API Gateway's (serverless/serverless#13332)
    refuse("Endpoint access mode is required for the specified security policy");
  }
  if (!isEnhanced && endpointAccessMode !== undefined) {
    refuse("Endpoint access mode is for security policies that start with SecurityPolicy_");
  }
  if (isEnhanced && (securityPolicy?.endsWith("_EDGE") ?? false) !== (endpointType === "EDGE")) {
    refuse(`The security policy ${String(securityPolicy)} is not for ${endpointType} endpoints`);
  }
}

function refuse(message: string): never {
  throw refusal("BadRequestException", message);
}
