/**
 * The largest payout, in minor units: fifteen digits, which every reader of JSON represents exactly. Where more
 * is owed, more than one is made.
 */
export const maxPayout = 999_999_999_999_999;
