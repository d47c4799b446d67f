/** What AWS clients share: three attempts, and no call that outlives the function's own time. */
const common = {
  maxAttempts: 3,
  requestHandler: {
    /** Milliseconds. */
    connectionTimeout: 1_000,
    /** Milliseconds; without the next setting it would only be a warning. */
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
} as const;

/**
 * For functions that a caller waits for: a call that is throttled is retried a little later, and the next
 * call is sent at once. The adaptive mode would hold back every call of the process for minutes after one
 * throttle, without need: at few calls a second its rate hardly recovers.
 */
export const interactiveClient = { ...common, retryMode: "standard" } as const;

/** For background work: after a throttle, all calls of the process slow down together. */
export const backgroundClient = { ...common, retryMode: "adaptive" } as const;
