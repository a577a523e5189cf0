import { mkdirSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import { type NewToken, startVault } from "../../src/index.ts";
import { findOpenBao, seedOpenBao, startOpenBao } from "../../src/real/index.ts";
import { ask } from "../ask.ts";
import { comparable } from "./comparable.ts";
import { bothBy, lapseOurs, questionNames, RECORDING, type Recording, type Side, type Sides } from "./sides.ts";

const found = findOpenBao();

/** Why there is nothing to compare with; `undefined` if there is. */
export const missing: string | undefined = "missing" in found ? found.missing : undefined;

const recording: Recording = {};

/** The stand-in beside a real server with the same seed. With `VAULTLINK_RECORD=1` what the real one says is kept. */
export async function startReal(): Promise<Sides> {
  const bao = await startOpenBao("bin" in found ? found.bin : undefined);
  const vault = await startVault();
  const real: Side = { url: bao.url, credentials: (await seedOpenBao(bao)).credentials };
  const nextName = questionNames();
  const same: Sides["same"] = async (question) => {
    const name = nextName();
    const [ours, theirs] = await Promise.all([question(vault), question(real)]);
    recording[name] = comparable(theirs);
    expect(comparable(ours)).toEqual(recording[name]);
    return ours;
  };
  const create = async ({ policies, uses, ttl }: NewToken, headers: Record<string, string>): Promise<unknown> => {
    const options = { policies, num_uses: uses ?? 0, ...(ttl === undefined ? {} : { ttl }) };
    return (await bao.call("POST", "auth/token/create", options, bao.rootToken, headers)).body;
  };
  return {
    same,
    both: bothBy(same),
    issued: async (token) => {
      const body = (await create(token, {})) as { auth: { client_token: string } };
      const ours = vault.issueToken(token);
      return ({ url }) => (url === bao.url ? body.auth.client_token : ours);
    },
    wrapped: async (token) => {
      const body = (await create(token, { "x-vault-wrap-ttl": "60s" })) as { wrap_info: { token: string } };
      const ours = vault.issueWrapped(token);
      return ({ url }) => (url === bao.url ? body.wrap_info.token : ours);
    },
    lapse: async (token) => {
      lapseOurs(vault);
      // The real server's time cannot be moved: one second has to pass.
      const answer = () => ask(bao.url, "GET", "kv1/app/plain", { token: token(bao) });
      await expect.poll(async () => (await answer()).status, { timeout: 10_000 }).toBe(403);
    },
    seal: async () => {
      vault.seal();
      await bao.call("PUT", "sys/seal");
    },
    stop: async () => {
      await vault.stop();
      await bao.stop();
      if (process.env["VAULTLINK_RECORD"] === "1") keep();
    },
  };
}

function keep(): void {
  mkdirSync(new URL(".", RECORDING), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(recording).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(RECORDING, `${JSON.stringify(sorted, null, 2)}\n`);
}
