/** Headers of a response that a browser's script may read. */
const exposedHeaders = "Idempotent-Replayed, Retry-After, X-Request-Id";

/**
 * The headers that let a browser give a response to its page: the page's origin, if it is one of those
 * allowed. They are taken from the configuration, so that nothing of the request gets into them.
 *
 * @param allowed - Origins, or `*` for all.
 */
export function corsHeaders(
  allowed: readonly string[],
  origin: string | undefined,
): Record<string, string> {
  const match = allowed.find((entry) => entry === "*" || entry === origin);
  return {
    Vary: "Origin",
    ...(match !== undefined && {
      "Access-Control-Allow-Origin": match,
      "Access-Control-Expose-Headers": exposedHeaders,
    }),
  };
}
