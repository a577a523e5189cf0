import { CANARY, startVault } from "@vaultlink/stand-ins";
import { ADMIN, type Backend } from "../backend.ts";
import { ANSWER_AFTER_MS, counter } from "./counter.ts";

/** What is the same wherever this vault runs. */
export const HASHICORP = {
  vault: "HashiCorp Vault",
  provider: "hashicorp",
  connection: "hcv",
  first: "hcv://secret/app/db#password",
  second: "hcv://secret/app/api#key",
  missing: "hcv://secret/app/nothing#x",
} as const;

export async function startHashicorp(): Promise<Backend> {
  const vault = await startVault();
  const next = counter();
  const values = { first: "", second: `${CANARY}api-key` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    vault.put("secret/app/db", { password: values.first });
  };
  const issue = (): string => vault.issueToken({ label: "app", policies: ["app"] });
  let token = issue();
  await rotate();
  return {
    ...HASHICORP,
    server: "stand-in",
    options: { address: vault.url },
    flags: ["--address", vault.url],
    place: {},
    values: () => ({ ...values }),
    rotate,
    reads: () => vault.log.count("kv2.read"),
    requests: () => vault.log.requests.map(({ route }) => route),
    writes: () => vault.log.writes.length,
    admin: async () => ({ VAULT_TOKEN: vault.issueToken({ label: "admin", policies: ["app", ADMIN] }) }),
    envCredentials: () => ({ VAULT_TOKEN: token }),
    answer: () => token,
    lapse: async () => vault.revoke(token),
    restore: async () => void (token = issue()),
    sever: () => void vault.fault({ on: "*", kind: "drop" }),
    mend: () => vault.clearFaults(),
    delayNextRead: () => void vault.fault({ on: "kv2.read", kind: "slow", afterMs: ANSWER_AFTER_MS, times: 1 }),
    stop: () => vault.stop(),
  };
}
