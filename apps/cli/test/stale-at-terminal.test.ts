import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import { CANARY } from "@vaultlink/stand-ins";
import { describe, expect, it, onTestFinished } from "vitest";
import { startAgent } from "./agent-shell.ts";
import type { Backend } from "./matrix/backend.ts";
import { startAwsBackend } from "./matrix/backends/aws.ts";
import { startAzureBackend } from "./matrix/backends/azure.ts";
import { startHashicorp } from "./matrix/backends/hashicorp.ts";
import { startOnePasswordBackend } from "./matrix/backends/onepassword.ts";
import { startRealVault } from "./matrix/backends/openbao.ts";
import { openWindow } from "./screen/window.ts";
import { openShell } from "./shell.ts";

interface Vault {
  readonly start: () => Promise<Backend>;
  readonly find?: () => object;
  /** What a person is asked for, in order. */
  readonly labels: readonly string[];
}

/** What the vault says of a wrong answer is its own affair; that it may be given again is ours. */
const VAULTS: Readonly<Record<string, Vault>> = {
  "1Password's stand-in": { start: startOnePasswordBackend, labels: ["Token of a 1Password service account"] },
  "AWS's stand-in": { start: startAwsBackend, labels: ["Access key id", "Secret access key"] },
  "Azure's stand-in": { start: startAzureBackend, labels: ["Client secret"] },
  "HashiCorp's stand-in": { start: startHashicorp, labels: ["Token for"] },
  OpenBao: { start: startRealVault, find: findOpenBao, labels: ["Token for"] },
};

/** A person at a terminal, in whose environment is a credential that the vault no longer takes. */
async function staleUser({ start }: Vault) {
  const backend = await start();
  onTestFinished(() => backend.stop());
  const { connection, first, options, place, provider, second } = backend;
  const stale = backend.envCredentials();
  await backend.lapse?.();
  await backend.restore();
  const shell = await openShell();
  await shell.writeUser({ version: 1, connections: { [connection]: { provider, ...options } } });
  await shell.writeProject({ version: 1, links: { FIRST: first, SECOND: second, AGAIN: first } });
  const { call, runtime } = await startAgent(shell);
  const env = { ...place, ...stale };
  return { backend, call, connection, env, shell, terminalEnv: { ...env, ...runtime } };
}

type StaleUser = Awaited<ReturnType<typeof staleUser>>;

/** `reauth` at a terminal, with a way to answer its questions, each as often as it is asked. */
async function startReauth({ connection, shell, terminalEnv }: StaleUser, labels: readonly string[]) {
  const window = await openWindow(shell, {
    ...{ args: ["reauth", connection], agent: "on", env: terminalEnv, columns: 120, rows: 60 },
  });
  const timesAsked = (label: string): number => window.text().split(`${connection}: ${label}`).length - 1;
  let turn = 0;
  const answer = async (give: (label: string) => string): Promise<void> => {
    turn++;
    for (const label of labels) {
      await window.until(() => timesAsked(label) === turn, `ask for ${label}, the ${turn}th time`);
      window.type(give(label));
      window.press("enter");
    }
  };
  return { window, answer };
}

const wrong = (label: string): string => (label.endsWith("id") ? "AKIAWRONG" : `${CANARY}mistyped`);

describe.skipIf(process.platform === "win32")(
  "N2: reauth at a terminal whose environment holds a credential that the vault refuses (skipped on Windows: no such terminal)",
  () => {
    for (const [name, vault] of Object.entries(VAULTS)) {
      const found = vault.find?.() ?? {};
      const absent = "missing" in found ? String(found.missing) : "";
      it.skipIf(absent !== "")(
        `${name}: asks, again after a wrong answer, and mends every link. ${absent}`,
        async () => {
          const user = await staleUser(vault);
          const { backend, call, env } = user;
          expect((await call(["get", "FIRST"], { env })).code).toBe(76);
          const { window, answer } = await startReauth(user, vault.labels);
          await answer(wrong);
          await window.shows("Try again.");
          await answer(wrong);
          await answer((label) => backend.answer(label));
          expect((await window.ended()).code).toBe(0);
          expect(window.text()).toContain(`${user.connection}: signed in`);
          expect(window.stream).not.toContain(CANARY);
          const { first, second } = backend.values();
          for (const [link, value] of Object.entries({ FIRST: first, SECOND: second, AGAIN: first })) {
            expect(await call(["get", link], { env, reveals: true })).toMatchObject({ code: 0, stdout: `${value}\n` });
          }
        },
      );
    }

    it("HashiCorp's stand-in: ends after the third wrong answer, and says what the vault says", async () => {
      const vault = VAULTS["HashiCorp's stand-in"] as Vault;
      const user = await staleUser(vault);
      const { window, answer } = await startReauth(user, vault.labels);
      for (let turn = 0; turn < 3; turn++) await answer(wrong);
      expect((await window.ended()).code).toBe(76);
      expect(window.text().split("Try again.")).toHaveLength(3);
      expect(window.stream).not.toContain(CANARY);
      expect((await user.call(["get", "FIRST"], { env: user.env })).code).toBe(76);
    });
  },
);
