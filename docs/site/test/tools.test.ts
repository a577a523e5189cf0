import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startOnePassword } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { EXAMPLES } from "./kit/copy.ts";
import { linesOf, openShell } from "./kit/run.ts";
import { ADDRESS, lendVault } from "./kit/vault.ts";

const read = (file: string): Promise<string> => readFile(join(EXAMPLES, file), "utf8");
const LINKS = { DB_USER: "hcv://secret/app/db#username", DB_PASSWORD: "hcv://secret/app/db#password" };

it("recipes/github-actions.yml runs the tests with the secrets of the token's vault", async () => {
  const onePassword = await startOnePassword();
  onTestFinished(() => onePassword.stop());
  const shell = await openShell({ ...onePassword.env, CI: "true" });
  await shell.install("npx", 'exec "$@"');
  await shell.install("npm", 'echo "npm $*, DB_USER is ${DB_USER:-missing}"');
  await shell.link({ DB_USER: "op://App/db/username" });
  const workflow = parse(await read("recipes/github-actions.yml")) as {
    jobs: { test: { steps: readonly { run?: string }[] } };
  };
  const script = workflow.jobs.test.steps.flatMap(({ run }) => run ?? []).join("\n");
  const lines = linesOf(await shell.type(script));
  expect([lines.at(0), lines.at(-1)]).toEqual(["npm ci, DB_USER is missing", "npm test, DB_USER is app"]);
});

it("recipes/compose.sh starts Compose with the variables that recipes/compose.yaml passes on", async () => {
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { [ADDRESS]: vault.url });
  await shell.install("docker", 'echo "docker $*"; env | cut -d= -f1 | grep ^DB_ | sort');
  await shell.link(LINKS);
  await shell.run("start/connect.sh");
  const lines = linesOf(await shell.run("recipes/compose.sh"));
  const compose = parse(await read("recipes/compose.yaml")) as { services: { app: { environment: string[] } } };
  expect(lines).toEqual(["docker compose up", ...compose.services.app.environment.toSorted()]);
});

it("recipes/launch.json starts a command that vaultlink has", async () => {
  const { configurations } = JSON.parse(await read("recipes/launch.json")) as {
    configurations: readonly { runtimeExecutable: string; runtimeArgs: readonly string[] }[];
  };
  const [first] = configurations;
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { [ADDRESS]: vault.url });
  await shell.link(LINKS);
  await shell.run("start/connect.sh");
  const program = `-p 'process.env.DB_USER'`;
  const lines = linesOf(await shell.type([first?.runtimeExecutable, ...(first?.runtimeArgs ?? []), program].join(" ")));
  expect(lines).toEqual(["app"]);
});

it("recipes/kubernetes.yaml puts the token where recipes/kubernetes.ts looks for it", async () => {
  const { spec } = parse(await read("recipes/kubernetes.yaml")) as { spec: { template: { spec: Pod } } };
  const [container] = spec.template.spec.containers;
  const [volume] = spec.template.spec.volumes;
  expect(volume?.name).toBe(container?.volumeMounts[0]?.name);
  const token = volume?.projected.sources[0]?.serviceAccountToken.path;
  expect(await read("recipes/kubernetes.ts")).toContain(`"${container?.volumeMounts[0]?.mountPath}/${token}"`);
});

interface Pod {
  containers: { volumeMounts: { name: string; mountPath: string }[] }[];
  volumes: { name: string; projected: { sources: { serviceAccountToken: { path: string } }[] } }[];
}
