import type { UserProfile } from "../../../../lib/lambda/storefront/domain/user";
import type { UserStore } from "../../../../lib/lambda/storefront/store/user-store";

/** A user store in memory. */
export class MemoryUserStore implements UserStore {
  readonly profiles = new Map<string, UserProfile>();
  /** The calls so far. */
  readonly calls: (keyof UserStore)[] = [];
  /** Runs before each call; may throw instead of it. */
  before: (call: keyof UserStore) => void | Promise<void> = () => undefined;

  async find(userId: string): Promise<UserProfile | undefined> {
    await this.called("find");
    return this.profiles.get(userId);
  }

  async put(profile: UserProfile): Promise<void> {
    await this.called("put");
    this.profiles.set(profile.userId, profile);
  }

  async changeEmail(userId: string, email: string): Promise<void> {
    await this.called("changeEmail");
    const profile = this.profiles.get(userId);
    if (profile !== undefined) this.profiles.set(userId, { ...profile, email });
  }

  async delete(userId: string): Promise<void> {
    await this.called("delete");
    this.profiles.delete(userId);
  }

  async withEmail(email: string): Promise<readonly UserProfile[]> {
    await this.called("withEmail");
    return [...this.profiles.values()].filter((profile) => profile.email === email);
  }

  private async called(call: keyof UserStore): Promise<void> {
    this.calls.push(call);
    await this.before(call);
  }
}
