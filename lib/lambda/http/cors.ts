/** What of an answer a browser's script may read beside the body. */
const exposedHeaders = "Idempotent-Replayed, Retry-After, X-Request-Id";

/**
 * The headers that let a browser hand an answer to its page: the page's origin, if it is one of those
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
