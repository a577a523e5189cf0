import { CANARY, startOnePassword } from "@vaultlink/stand-ins";
import type { Backend } from "../backend.ts";
import { ANSWER_AFTER_MS, counter } from "./counter.ts";

/** What is the same however this vault is reached. */
export const ONEPASSWORD = {
  vault: "1Password",
  provider: "1password",
  connection: "op",
  first: "op://App/db/password",
  second: "op://App/API Key/Access Token",
  missing: "op://App/nothing/password",
  identifier: "op://App/db/password",
} as const;

export async function startOnePasswordBackend(): Promise<Backend> {
  const vault = await startOnePassword();
  const next = counter();
  const values = { first: "", second: `${CANARY}api-token` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    vault.change("App", "db", "password", values.first);
  };
  await rotate();
  const token = (): string => vault.tokenOf("app");
  let isRevoked = false;
  return {
    ...ONEPASSWORD,
    server: "stand-in",
    rows: new Set(["S4", "S7", "S14", "S17", "S18", "S19", "S23"]),
    options: {},
    flags: [],
    place: {},
    values: () => ({ ...values }),
    rotate,
    reads: () => vault.log.count("items.batch") + vault.log.count("items.get"),
    requests: () => vault.log.requests.map(({ route }) => route),
    writes: () => vault.log.writes.length,
    envCredentials: () => ({ OP_SERVICE_ACCOUNT_TOKEN: token() }),
    answer: token,
    lapse: async () => {
      isRevoked = true;
      vault.revoke("app");
    },
    restore: async () => {
      if (isRevoked) vault.rotate("app");
      isRevoked = false;
    },
    sever: () => void vault.fault({ on: "*", kind: "drop" }),
    mend: () => vault.clearFaults(),
    delayNextRead: () => void vault.fault({ on: "items.batch", kind: "slow", afterMs: ANSWER_AFTER_MS, times: 1 }),
    stop: () => vault.stop(),
  };
}
