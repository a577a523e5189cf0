import { CANARY, startOnePasswordConnect } from "@vaultlink/stand-ins";
import type { Backend } from "../backend.ts";
import { ANSWER_AFTER_MS, counter } from "./counter.ts";
import { ONEPASSWORD } from "./onepassword.ts";

export async function startConnectServer(): Promise<Backend> {
  const vault = await startOnePasswordConnect();
  const next = counter();
  const values = { first: "", second: `${CANARY}api-token` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    vault.change("App", "db", "password", values.first);
  };
  await rotate();
  let token = vault.tokenOf("app");
  return {
    ...ONEPASSWORD,
    server: "stand-in of Connect",
    options: { auth: { method: "connect", host: vault.url } },
    flags: ["--method", "connect", "--host", vault.url],
    place: {},
    values: () => ({ ...values }),
    rotate,
    reads: () => vault.log.count("items.get"),
    requests: () => vault.log.requests.map(({ route }) => route),
    writes: () => vault.log.writes.length,
    envCredentials: () => ({ OP_CONNECT_TOKEN: token }),
    answer: () => token,
    lapse: async () => vault.rotate("app"),
    restore: async () => void (token = vault.tokenOf("app")),
    sever: () => void vault.fault({ on: "*", kind: "drop" }),
    mend: () => vault.clearFaults(),
    delayNextRead: () => void vault.fault({ on: "items.get", kind: "slow", afterMs: ANSWER_AFTER_MS, times: 1 }),
    stop: () => vault.stop(),
  };
}
