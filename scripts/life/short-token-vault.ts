import { findOpenBao, seedOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";

/** A real vault whose tokens live for as long as somebody says. */
export interface ShortTokenVault {
  readonly url: string;
  /** Makes a token that may read what is linked, for so many seconds. */
  issueToken(seconds: number): Promise<string>;
  /** Writes a secret as its owner would. */
  write(path: string, fields: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts OpenBao. Throws where it is not installed: `pnpm backends` does that. */
export async function startShortTokenVault(): Promise<ShortTokenVault> {
  const found = findOpenBao();
  if ("missing" in found) throw new Error(found.missing);
  const bao = await startOpenBao();
  await seedOpenBao(bao);
  const send = async (path: string, body: object): Promise<unknown> => {
    const { body: answer, status } = await bao.call("POST", path, body, bao.rootToken);
    if (status >= 300) throw new Error(`OpenBao answered ${status} to ${path}.`);
    return answer;
  };
  return {
    url: bao.url,
    async issueToken(seconds) {
      const asked = { policies: ["app"], explicit_max_ttl: `${seconds}s`, ttl: `${seconds}s`, renewable: false };
      const { auth } = (await send("auth/token/create", asked)) as { readonly auth: { readonly client_token: string } };
      return auth.client_token;
    },
    write: async (path, fields) => void (await send(`secret/data/${path}`, { data: fields })),
    stop: () => bao.stop(),
  };
}
