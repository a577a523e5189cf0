import type { DebianProgram } from "./debian.ts";

/** A directory, for LDAP. */
const slapd: DebianProgram = {
  name: "slapd",
  packages: ["slapd"],
  programs: { slapd: "usr/sbin/slapd" },
  asks: ["-VV"],
};

/** A store that OpenBao makes credentials in. The server is a link to a file of the tools. */
const redis: DebianProgram = {
  name: "redis",
  packages: ["redis-server", "redis-tools"],
  programs: { "redis-server": "usr/bin/redis-server" },
  asks: ["--version"],
};

/** https://www.freedesktop.org/software/fontconfig/fontconfig-user.html */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** A browser without a window: a fifth less to fetch than the one with it, and no desktop's libraries. */
const chromium: DebianProgram = {
  name: "chromium",
  packages: ["chromium-headless-shell", "chromium-common"],
  programs: { "chromium-headless-shell": "usr/lib/chromium/chromium-headless-shell" },
  asks: ["--no-sandbox", "--version"],
  // Without any fonts a text has no size. Where the machine has none, the packages brought some.
  files: { "fonts.conf": FONTS },
  before: '[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$root/fonts.conf"',
};

const POSTGRES = "usr/lib/postgresql/*/bin";

/** A database that OpenBao makes credentials in; the machine's own serves as well. */
const postgresql: DebianProgram = {
  name: "postgresql",
  packages: ["postgresql"],
  programs: {
    "postgresql/postgres": `${POSTGRES}/postgres`,
    "postgresql/initdb": `${POSTGRES}/initdb`,
    "postgresql/pg_ctl": `${POSTGRES}/pg_ctl`,
    "postgresql/psql": `${POSTGRES}/psql`,
  },
  asks: ["--version"],
  unless: `/${POSTGRES}/postgres`,
};

/** What people run the window in; the machine's own serves as well. */
const tmux: DebianProgram = {
  name: "tmux",
  packages: ["tmux"],
  programs: { tmux: "usr/bin/tmux" },
  asks: ["-V"],
  unless: "/usr/bin/tmux",
};

/** What tests run against and Debian has. */
export const debianPrograms: readonly DebianProgram[] = [slapd, redis, postgresql, chromium, tmux];
