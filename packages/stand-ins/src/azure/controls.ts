import { type Certified, selfSigned } from "../kit/tls/certificate.ts";
import { platformToken } from "./machine/backend.ts";
import type { AzureSettings, AzureState, Known } from "./state.ts";
import { issueToken } from "./tokens.ts";
import type { KeyVault, VersionOptions } from "./vaults.ts";

/** What an administrator does behind the clients' backs. Paths are vault and name: `app/db`. */
export interface AzureControls {
  /** Writes a value as a new version, and returns that version's id. */
  put(path: string, value: string, options?: VersionOptions): string;
  /** Deletes a secret so that it could be recovered. */
  delete(path: string): void;
  recover(path: string): void;
  /** Removes a secret with all that is known of it. */
  purge(path: string): void;
  /** Disables every version, or enables them again. */
  enable(path: string, enabled: boolean): void;
  /** Whether the firewall of a vault keeps everybody out. */
  wall(vault: string, walled: boolean): void;
  /** Ends every token that an identity has; it may sign in again. */
  revoke(label: string): void;
  /** Gives an application a certificate to sign in with. */
  certify(application: string): Certified;
  /** A token for an identity, as its own tools would have it. */
  issue(label: string, about?: { readonly audience?: string; readonly tenant?: string }): string;
  /** What a platform gives a workload: it stands for the application with this subject. */
  platformToken(application: string, seconds?: number): string;
  /** Who signs in on pages and with codes. */
  setPerson(label: string): void;
  set(settings: Partial<AzureSettings>): void;
}

export function azureControls(state: AzureState): AzureControls {
  const at = (path: string): { readonly vault: KeyVault; readonly name: string } => {
    const [vault = "", name = ""] = path.split("/");
    return { vault: expectVault(state, vault), name };
  };
  const secret = (path: string) => {
    const { vault, name } = at(path);
    return vault.expect(name);
  };
  return {
    put: (path, value, options) => {
      const { vault, name } = at(path);
      return vault.put(name, value, options).id;
    },
    delete: (path) => {
      secret(path).deletedAt = state.clock.now();
    },
    recover: (path) => {
      secret(path).deletedAt = undefined;
    },
    purge: (path) => {
      const { vault, name } = at(path);
      vault.remove(name);
    },
    enable: (path, enabled) => {
      for (const version of secret(path).versions) version.enabled = enabled;
    },
    wall: (name, walled) => {
      expectVault(state, name).walled = walled;
    },
    revoke: (label) => void state.revoked.set(label, state.issued),
    certify: (application) => {
      const { clientId } = expectKnown(state, application).who;
      const certified = selfSigned(application);
      state.certificates.set(clientId, [...(state.certificates.get(clientId) ?? []), certified.cert]);
      return certified;
    },
    issue: (label, { audience = "https://vault.azure.net", tenant = state.seed.tenant } = {}) =>
      issueToken(state, expectKnown(state, label), audience, tenant),
    platformToken: (application, seconds) =>
      platformToken(state, state.seed.applications[application]?.subject ?? "nobody", seconds),
    setPerson: (label) => {
      state.person = label;
    },
    set: (settings) => void Object.assign(state.settings, settings),
  };
}

function expectVault({ vaults }: AzureState, name: string): KeyVault {
  const found = vaults.get(name);
  if (!found) throw new Error("There is no such vault.");
  return found;
}

function expectKnown({ seed }: AzureState, label: string): Known {
  const who = seed.applications[label] ?? seed.people[label] ?? seed.machines[label];
  if (!who) throw new Error("There is no such identity.");
  return { label, who };
}
