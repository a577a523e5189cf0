import { startVault } from "@vaultlink/stand-ins";
import { findOpenBao, seedOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";

/** A vault for the length of the demo. */
export interface DemoVault {
  /** What it is, for the reader. */
  readonly title: string;
  readonly url: string;
  /** The token that may read what the demo links. */
  readonly token: string;
  /** Writes a secret as its owner would, behind vaultlink's back. */
  write(path: string, fields: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** A real OpenBao where one is installed (`pnpm backends`), else the stand-in. */
export async function startDemoVault(): Promise<DemoVault> {
  return "missing" in findOpenBao() ? standIn() : real();
}

async function real(): Promise<DemoVault> {
  const bao = await startOpenBao();
  const { env } = await seedOpenBao(bao);
  return {
    title: "OpenBao, a real server",
    url: bao.url,
    token: env["VAULT_TOKEN"] ?? "",
    write: async (path, fields) => {
      const { status } = await bao.call("POST", `secret/data/${path}`, { data: fields });
      if (status >= 300) throw new Error(`OpenBao answered ${status}.`);
    },
    stop: () => bao.stop(),
  };
}

async function standIn(): Promise<DemoVault> {
  const vault = await startVault();
  return {
    title: "the stand-in for HashiCorp Vault (`pnpm backends` installs a real server)",
    url: vault.url,
    token: vault.env["VAULT_TOKEN"] ?? "",
    write: async (path, fields) => vault.put(`secret/${path}`, fields),
    stop: () => vault.stop(),
  };
}
