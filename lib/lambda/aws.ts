/**
 * How every AWS client here behaves: three attempts, slowing down when it is throttled, and no call
 * that outlives the function's own time.
 */
export const awsClient = {
  maxAttempts: 3,
  retryMode: "adaptive",
  requestHandler: {
    /** Milliseconds. */
    connectionTimeout: 1_000,
    /** Milliseconds; without the next setting it would only be a warning. */
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
} as const;
