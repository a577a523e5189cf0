import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Debian's packages, fetched into a folder of our own: nothing on the machine is installed, changed or locked. */
export interface Apt {
  /**
   * Fetches packages with what of their dependencies this machine has not, and unpacks all into `folder`. No package's
   * scripts run, since those would start servers and make users. Returns what went wrong, or `undefined`.
   */
  unpack(packages: readonly string[], folder: string): string | undefined;
  /** Removes what was fetched. */
  close(): void;
}

/** Whether this system has packages of Debian's kind. */
export function hasApt(): boolean {
  return ["apt-get", "dpkg-deb"].every((program) => spawnSync(program, ["--version"]).error === undefined);
}

/** Makes a place to fetch packages to, at the folder `home`. The lists of packages are fetched when first needed. */
export function openApt(home: string): Apt {
  const settings = join(home, "apt.conf");
  const archives = join(home, "cache", "archives");
  let listed = false;
  const apt = (...args: readonly string[]): ReturnType<typeof run> => run("apt-get", ["-q", "-c", settings, ...args]);
  const begin = (): void => {
    listed = true;
    mkdirSync(join(home, "lists", "partial"), { recursive: true });
    mkdirSync(join(archives, "partial"), { recursive: true });
    writeFileSync(settings, settingsFor(home));
    // A source that fails leaves the others' lists; whether they are enough, the next command finds out.
    apt("update");
  };
  return {
    unpack: (packages, folder) => {
      if (!listed) begin();
      for (const old of debs(archives)) rmSync(old);
      const fetched = apt(...FETCH, ...packages);
      if (!fetched.ok) return `apt-get could not fetch ${packages.join(" and ")}: ${fetched.said}`;
      mkdirSync(folder, { recursive: true });
      for (const deb of debs(archives)) {
        const unpacked = run("dpkg-deb", ["-x", deb, folder]);
        if (!unpacked.ok) return `dpkg-deb could not unpack a package: ${unpacked.said}`;
      }
      return undefined;
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** The named ones also where the machine has them, since we need their files in our folder. */
const FETCH = ["install", "--yes", "--download-only", "--reinstall", "--no-install-recommends"];

const debs = (archives: string): readonly string[] => globSync(join(archives, "*.deb")).toSorted();

/**
 * Read after the machine's own settings, whose sources and proxies count, and whose hooks must not run: those would
 * clean up the machine. https://manpages.debian.org/apt.conf
 */
function settingsFor(home: string): string {
  const lines = [
    "#clear APT::Update;",
    "#clear APT::Install;",
    "#clear DPkg;",
    `Dir::State::lists "${join(home, "lists")}";`,
    `Dir::Cache "${join(home, "cache")}";`,
    'Debug::NoLocking "true";',
    // Another user could not write into our folder.
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
    'Acquire::Retries "3";',
  ];
  return `${lines.join("\n")}\n`;
}

function run(program: string, args: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const env = { ...process.env, LC_ALL: "C.UTF-8", DEBIAN_FRONTEND: "noninteractive" };
  const { error, status, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = error === undefined ? stderr.trim().split("\n").at(-1) : error.message;
  return { ok: status === 0, said: said || `it ended with ${status}` };
}
