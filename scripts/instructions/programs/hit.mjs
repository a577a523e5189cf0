/* Reads a cached value as often as the third argument says. The first two: what core and its providers' part are. */
const [core, provider, times] = process.argv.slice(2);
const { createVault } = await import(core);
const { defineProvider } = await import(provider);
const bench = defineProvider({
  name: "bench",
  open: async () => ({ identity: "bench", read: async ({ path }) => ({ value: path }) }),
});
const vault = createVault({ connections: { bench }, links: { NAME: "bench://secret/a" }, env: {} });
await vault.get("NAME");
for (let i = 0; i < Number(times); i++) void vault.get("NAME");
await vault.close();
