import { existsSync, lutimesSync, symlinkSync, unlinkSync } from "node:fs";
import { systemClock } from "@vaultlink/core/internal";
import { expect, it, onTestFinished } from "vitest";
import { type AgentPlace, checkSocket, makeDirectory } from "../src/place.ts";
import { elect, type Election, type ElectionOptions } from "../src/server/election.ts";
import { leaveSocket } from "./race/race.ts";
import { temporaryPlace } from "./support.ts";

/** No process has this number: it is above what Linux and macOS give out. */
const NOBODY = "99999999";
const nobodyServes = async (): Promise<boolean> => false;

/** A place where a socket was left over. */
async function leftOver(): Promise<AgentPlace> {
  const place = temporaryPlace();
  makeDirectory(place);
  await leaveSocket(place, 0o600);
  return place;
}

/** An election in this process; what it won is given up with the test. */
async function stand(place: AgentPlace, options: Partial<ElectionOptions> = {}): Promise<Election> {
  const election = await elect(place, { isServed: nobodyServes, clock: systemClock(), ...options });
  onTestFinished(() => {
    if (election.won) election.server.close();
  });
  return election;
}

/** A clock on which a candidate that waits finds that `happen` took place meanwhile. */
function whileWaiting(happen: () => void): ElectionOptions["clock"] {
  return {
    ...systemClock(),
    after(_ms, call) {
      happen();
      setImmediate(call);
      return () => {};
    },
  };
}

it("leaves what another candidate is removing to that one, and waits for it", async () => {
  const place = await leftOver();
  const before = checkSocket(place)?.inode;
  const claim = `${place.socket}.claim`;
  symlinkSync(String(process.pid), claim);
  let waited = 0;
  const clock = whileWaiting(() => {
    expect(checkSocket(place)?.inode).toBe(before);
    if (++waited === 3) unlinkSync(claim);
  });
  expect((await stand(place, { clock })).won).toBe(true);
  expect(waited).toBe(3);
  expect(existsSync(claim)).toBe(false);
});

it.each([
  ["whose process is gone", NOBODY, 0],
  ["that is older than any removal takes", String(process.pid), 61],
])("does not wait for a candidate %s", async (_what, holder, seconds) => {
  const place = await leftOver();
  const claim = `${place.socket}.claim`;
  symlinkSync(holder, claim);
  const since = Date.now() / 1000 - seconds;
  lutimesSync(claim, since, since);
  expect((await stand(place)).won).toBe(true);
  expect(existsSync(claim)).toBe(false);
});

it("leaves an agent alone that has come since the socket was found dead", async () => {
  const place = await leftOver();
  const before = checkSocket(place)?.inode;
  let asked = 0;
  expect(await stand(place, { isServed: async () => ++asked > 1 })).toEqual({ won: false });
  expect(checkSocket(place)?.inode).toBe(before);
});

it("gives up where nobody can be reached and the place stays taken", async () => {
  const place = await leftOver();
  symlinkSync(String(process.pid), `${place.socket}.claim`);
  await expect(stand(place, { clock: whileWaiting(() => {}) })).rejects.toMatchObject({ code: "unavailable" });
});
