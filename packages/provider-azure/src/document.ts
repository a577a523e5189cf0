import type { KeyVaultSecret } from "@azure/keyvault-secrets";
import { definedMembers, type SecretDocument, SecretError } from "@vaultlink/core/provider";
import type { AzureOptions } from "./options.ts";

/** How a value is to be taken. */
export interface Manner {
  /** Whether the text is base64 that stands for bytes. */
  readonly binary: boolean;
  readonly outdated: NonNullable<AzureOptions["outdated"]>;
}

/** What a read gives: the text as it stands, or its bytes; with the secret's own end, beyond which nobody may keep it. */
export function toDocument({ value, properties }: KeyVaultSecret, { binary, outdated }: Manner): SecretDocument {
  const { version, expiresOn, notBefore } = properties;
  if (typeof value !== "string") {
    throw new SecretError("unavailable", "The key vault's answer holds no value.", { native: { status: 200 } });
  }
  if (outdated === "refuse") refuseOutdated(expiresOn, notBefore);
  return {
    value: binary ? toBytes(value) : value,
    ...definedMembers({ version, expiresAt: expiresOn?.getTime() }),
  };
}

function refuseOutdated(expiresOn: Date | undefined, notBefore: Date | undefined): void {
  const now = Date.now();
  if (expiresOn !== undefined && expiresOn.getTime() <= now) {
    throw new SecretError("unusable", "The secret has expired.", { reason: "expired" });
  }
  if (notBefore !== undefined && notBefore.getTime() > now) {
    throw new SecretError("unusable", "The secret is not active yet.", { reason: "not-yet-active" });
  }
}

/** Node's own decoder takes anything. */
function toBytes(text: string): Uint8Array {
  const compact = text.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    throw new SecretError("unusable", "The secret is not base64, which ?encoding=base64 says it is.", {
      reason: "encoding",
    });
  }
  return new Uint8Array(Buffer.from(compact, "base64"));
}
