import { BEFORE, race } from "./race.ts";

/* The start race: pnpm run race [clients] [rounds of each kind]. A tenth of the rounds at a time says how far it is. */
const [clients = 40, rounds = 100] = process.argv.slice(2).map(Number);
const begun = performance.now();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let wrong = 0;
for (const before of BEFORE) {
  const totals = { failures: 0, otherThanOne: 0, leftovers: 0 };
  const soFar = (round: number): string => {
    const { failures, otherThanOne, leftovers } = totals;
    return `${before}: ${round} rounds of ${clients} clients, ${failures} failures, ${otherThanOne} rounds with other than one agent, ${leftovers} leftovers`;
  };
  for (let round = 1; round <= rounds; round++) {
    const { failures, agents, leftovers } = await race(clients, before);
    totals.failures += failures.length;
    for (const failure of failures) say(`${before}, round ${round}: ${failure}`);
    totals.otherThanOne += agents === 1 ? 0 : 1;
    totals.leftovers += leftovers.length;
    const isTenth = round % Math.ceil(rounds / 10) === 0 || round === rounds;
    if (isTenth) say(`${soFar(round)} (${Math.round((performance.now() - begun) / 1000)} s)`);
  }
  wrong += totals.failures + totals.otherThanOne + totals.leftovers;
}
process.exitCode = wrong === 0 ? 0 : 1;
