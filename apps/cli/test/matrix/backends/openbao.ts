import { CANARY } from "@vaultlink/stand-ins";
import { seedOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import { ADMIN, type Backend } from "../backend.ts";
import { counter } from "./counter.ts";
import { HASHICORP } from "./hashicorp.ts";
import { recordingProxy } from "./recording-proxy.ts";

/** Logging in, renewing and revoking change nothing but one's own credentials. */
const OWN_CREDENTIALS = /\/(?:login|auth\/token\/(?:renew|revoke)-self|sys\/leases\/revoke)$/;

export async function startRealVault(): Promise<Backend> {
  const bao = await startOpenBao();
  await seedOpenBao(bao);
  const proxy = await recordingProxy(bao.url, ({ method, path }) => ({
    operation: `${method} ${path.startsWith("/v1/secret/data/") ? "document" : path}`,
    isRead: method === "GET" && path.startsWith("/v1/secret/data/"),
    isWrite: method !== "GET" && !OWN_CREDENTIALS.test(path),
  }));
  const next = counter();
  const values = { first: "", second: `${CANARY}api-key` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    await bao.call("POST", "secret/data/app/db", { data: { password: values.first } });
  };
  let token = "";
  const restore = async (): Promise<void> => {
    token = `${CANARY}token-${next()}`;
    await bao.call("POST", "auth/token/create", { id: token, policies: ["app"] });
  };
  await restore();
  await rotate();
  return {
    ...HASHICORP,
    ...proxy,
    server: "OpenBao",
    options: { address: proxy.url },
    flags: ["--address", proxy.url],
    place: {},
    values: () => ({ ...values }),
    rotate,
    admin: async () => {
      const id = `${CANARY}admin-${next()}`;
      await bao.call("POST", "auth/token/create", { id, policies: ["app", ADMIN] });
      return { VAULT_TOKEN: id };
    },
    envCredentials: () => ({ VAULT_TOKEN: token }),
    answer: () => token,
    lapse: async () => void (await bao.call("POST", "auth/token/revoke", { token })),
    restore,
    stop: async () => {
      await proxy.stop();
      await bao.stop();
    },
  };
}
