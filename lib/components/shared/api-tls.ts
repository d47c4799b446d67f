/**
 * The TLS of an API's default endpoint and of its domain name, the same for both as the developer guide advises
 * ("Security policies for REST APIs in API Gateway").
 *
 * The policy takes TLS 1.3, with post-quantum key exchange, and TLS 1.2 with forward secrecy, which every maintained
 * AWS SDK speaks; a policy of TLS 1.3 alone shuts out callers on older runtimes. Regional and private endpoints have it,
 * edge-optimized ones do not. Without a policy a regional API takes TLS 1.0.
 *
 * `STRICT` refuses what comes by an endpoint of another type, or for another host than TLS was negotiated for. An API
 * that has callers already and no such policy takes `BASIC` first, as the guide says.
 */
export const apiTls = {
  securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  endpointAccessMode: "STRICT",
} as const;
