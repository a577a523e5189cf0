/** One of Azure's clouds: where its vaults are, and who signs in to them. */
export interface Cloud {
  /** What a vault's host name ends with. */
  readonly domain: string;
  readonly authority: string;
}

export type CloudName = "public" | "china" | "us-government";

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#dns-suffixes-for-object-identifiers */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: { domain: "vault.azure.net", authority: "https://login.microsoftonline.com" },
  china: { domain: "vault.azure.cn", authority: "https://login.chinacloudapi.cn" },
  "us-government": { domain: "vault.usgovcloudapi.net", authority: "https://login.microsoftonline.us" },
};

/** The cloud that a host name belongs to; an address of one's own belongs to none. */
export function cloudOf(host: string): CloudName | undefined {
  const names = Object.keys(CLOUDS) as CloudName[];
  return names.find((name) => host.endsWith(`.${CLOUDS[name].domain}`));
}

/** Under which names Entra answers: the SDK goes to some of them by itself, e.g. for China and for a region. */
const ENTRA =
  /^(?:[a-z0-9-]+\.)?login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn|usgovcloudapi\.net|windows\.net|microsoft\.com)$/;

export const isEntra = (host: string): boolean => ENTRA.test(host);
