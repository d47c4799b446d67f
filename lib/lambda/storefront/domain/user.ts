/** Where something is sent to. */
export interface Address {
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2: `DE`. */
  readonly country: string;
}

/** What the shop knows of a customer: what it needs to send an order, no more. */
export interface UserProfile {
  /** Who it is for the sign-in: the `sub` of the user pool. */
  readonly userId: string;
  /** As the sign-in has verified it, in lower case; absent where it has none. */
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly address?: Address | undefined;
}
