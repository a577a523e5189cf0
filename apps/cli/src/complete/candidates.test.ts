import { expect, it } from "vitest";
import { createProgram } from "../program/program.ts";
import { loadPlugin, PROVIDERS } from "../providers.ts";
import { labelOf } from "../third-party/source.ts";
import { candidates } from "./candidates.ts";

const VALUES: Readonly<Record<string, readonly string[]>> = {
  name: ["A", "AB"],
  names: ["A", "AB"],
  "name|reference": ["A", "AB"],
  connection: ["hcv"],
  provider: ["aws", "hashicorp"],
  format: ["dotenv", "docker", "json"],
};

async function offered(line: string): Promise<readonly string[]> {
  const found = await candidates(line.split(" "), {
    program: createProgram(() => {}),
    values: async (placeholder) => (VALUES[placeholder] ?? []).map((word) => ({ word, about: "x" })),
    plugin: (provider) => loadPlugin(PROVIDERS, labelOf(provider)).catch(() => undefined),
    providerOf: async (connection) => (connection === "hcv" ? "hashicorp" : undefined),
  });
  return found.map(({ word }) => word);
}

it.each([
  ["ge", ["get"]],
  ["cache ", ["status", "ttl", "reset"]],
  ["cache reset A", ["A", "AB"]],
  ["cache reset --connection h", ["hcv"]],
  ["cache reset --connection=h", ["--connection=hcv"]],
  ["cache reset --connection = h", ["hcv"]],
  ["cache reset --connection =", ["hcv"]],
  ["cache reset --connection hcv A", ["A", "AB"]],
  ["export A ", ["AB"]],
  ["export --only A,", ["A,AB"]],
  ["export --format d", ["dotenv", "docker"]],
  ["link A", []],
  ["get A ", []],
  ["get --js", ["--json"]],
  ["get --he", ["--help"]],
  ["run -- ls ", []],
  ["connect h", ["hashicorp"]],
  ["connect hashicorp name", []],
  ["connect nope --me", []],
  ["connect aws --method p", ["profile"]],
  ["connect aws --access", ["--access-key-id"]],
  ["reauth --js", ["--json"]],
  ["reauth hcv --password", ["--password-stdin"]],
  ["reauth hcv --addr", []],
  ["nope ", []],
])("%s|", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});
