import type { UserProfile } from "../domain/user";

/** What the shop knows of its users. */
export interface UserStore {
  /** As it is now; undefined for a user who has stored nothing. */
  find(userId: string): Promise<UserProfile | undefined>;
  /** Stores it in place of what is there. */
  put(profile: UserProfile): Promise<void>;
  /** Stores another e-mail with a profile; where there is none, nothing. */
  changeEmail(userId: string, email: string): Promise<void>;
  /** Forgets it; that nothing is there is no failure. */
  delete(userId: string): Promise<void>;
  /** The profiles with an e-mail, in lower case; a change of the last moments may be missing. */
  withEmail(email: string): Promise<readonly UserProfile[]>;
}
