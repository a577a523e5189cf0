import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { startVault } from "../../src/index.ts";
import { comparable } from "./comparable.ts";
import { bothBy, lapseOurs, questionNames, RECORDING, type Recording, type Sides } from "./sides.ts";

/** The stand-in alone, held against what a real server said when it was last asked. */
export async function startRecorded(): Promise<Sides> {
  const recording = JSON.parse(readFileSync(RECORDING, "utf8")) as Recording;
  const vault = await startVault();
  const nextName = questionNames();
  const same: Sides["same"] = async (question) => {
    const name = nextName();
    const ours = await question(vault);
    expect(recording, "record anew: VAULTLINK_RECORD=1").toHaveProperty([name]);
    expect(comparable(ours)).toEqual(recording[name]);
    return ours;
  };
  return {
    same,
    both: bothBy(same),
    issued: async (token) => {
      const ours = vault.issueToken(token);
      return () => ours;
    },
    wrapped: async (token) => {
      const ours = vault.issueWrapped(token);
      return () => ours;
    },
    lapse: async () => lapseOurs(vault),
    seal: async () => vault.seal(),
    stop: () => vault.stop(),
  };
}
