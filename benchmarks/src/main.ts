import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { aws50 } from "./aws-50.ts";
import { aws1000 } from "./aws-1000.ts";
import { azure50 } from "./azure-50.ts";
import { agentMemory } from "./command/agent-memory.ts";
import { command } from "./command/command.ts";
import { hit } from "./hit.ts";
import { long } from "./long.ts";
import { many } from "./many.ts";
import { masker } from "./masker.ts";
import { onePassword50 } from "./onepassword-50.ts";
import { onePasswordCold } from "./onepassword-cold.ts";
import { onePasswordHang } from "./onepassword-hang.ts";
import { save } from "./save.ts";
import { startUp } from "./start-up.ts";
import { windowCosts } from "./window.ts";

const cli = fileURLToPath(new URL("../../apps/cli/dist/main.js", import.meta.url));
if (!existsSync(cli)) throw new Error("The command is not built yet: pnpm build");

// `--save` keeps what was measured in results.json.
const only = process.argv.slice(2).filter((argument) => argument !== "--save" && argument !== "--");
const benchmarks = {
  hit,
  many,
  long,
  masker,
  "start-up": () => startUp(cli),
  command: () => command(cli),
  "agent-memory": () => agentMemory(cli),
  window: () => windowCosts(cli),
  "aws-50": aws50,
  "aws-1000": aws1000,
  "azure-50": azure50,
  "onepassword-50": onePassword50,
  "onepassword-cold": onePasswordCold,
  "onepassword-hang": onePasswordHang,
};
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (only.length === 0 || only.includes(name)) await benchmark();
}
if (process.argv.includes("--save")) save();
