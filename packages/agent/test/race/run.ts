import { BEFORE, race } from "./race.ts";

/* The start race: node --conditions=source test/race/run.ts [clients] [rounds of each kind] */
const [clients = "40", rounds = "100"] = process.argv.slice(2);
let wrong = 0;
for (const before of BEFORE) {
  const totals = { failures: 0, otherThanOne: 0, leftovers: 0 };
  for (let round = 0; round < Number(rounds); round++) {
    const { failures, agents, leftovers } = await race(Number(clients), before);
    totals.failures += failures.length;
    for (const failure of failures) process.stdout.write(`${before}, round ${round}: ${failure}\n`);
    totals.otherThanOne += agents === 1 ? 0 : 1;
    totals.leftovers += leftovers.length;
  }
  const { failures, otherThanOne, leftovers } = totals;
  wrong += failures + otherThanOne + leftovers;
  process.stdout.write(
    `${before}: ${rounds} rounds of ${clients} clients, ${failures} failures, ${otherThanOne} rounds with other than one agent, ${leftovers} leftovers\n`,
  );
}
process.exitCode = wrong === 0 ? 0 : 1;
