import type { Secret } from "./secrets.ts";
import { ACCOUNT } from "./seed.ts";
import type { AwsSettings, AwsState } from "./state.ts";

/** What an administrator does behind the clients' backs. */
export interface AwsControls {
  /** Writes a value; a secret that exists gets a new version, which becomes current. Returns its ARN. */
  put(name: string, value: string | readonly number[], account?: string): string;
  /** Schedules a secret for deletion, as the vendor's console does. */
  delete(name: string): void;
  restore(name: string): void;
  /** Removes a secret with all that is known of it. */
  remove(name: string): void;
  /** Full ARN of a secret. */
  arn(name: string, account?: string): string;
  /** Ends every credential of an identity or role: `app`, `reader`. */
  revoke(label: string): void;
  /** Ends the portal's access tokens. */
  signOut(): void;
  set(settings: Partial<AwsSettings>): void;
}

export function awsControls(state: AwsState): AwsControls {
  const expect = (name: string, account = ACCOUNT): Secret => {
    const found = state.secrets.find(name, account);
    if (!found) throw new Error("There is no such secret.");
    return found;
  };
  return {
    put: (name, value, account = ACCOUNT) =>
      state.secrets.put(name, account, typeof value === "string" ? { text: value } : { bytes: value }).arn,
    delete: (name) => {
      expect(name).deletedAt = state.clock.now();
    },
    restore: (name) => {
      expect(name).deletedAt = undefined;
    },
    remove: (name) => state.secrets.remove(expect(name)),
    arn: (name, account) => expect(name, account).arn,
    revoke: (label) => state.principals.revoke(label),
    signOut: () => state.portal.clear(),
    set: (settings) => void Object.assign(state.settings, settings),
  };
}
