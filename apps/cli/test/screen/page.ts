import { join } from "node:path";
import type { Picture } from "./pictures.ts";

/** The page with the pictures. */
export const PAGE: string = join(import.meta.dirname, "../../../../docs/window.md");

const HEAD = `# The window

<!-- Made by \`pnpm --filter vaultlink window\`; do not edit. -->

\`vaultlink ui\`, or \`vaultlink\` alone at a terminal, opens a window onto your links and connections. It is live: what other
commands do, and what expires, shows at once, without asking a vault. No value is on the screen unless its key asked for it.

\`vaultlink ui --demo\` shows it on vaults in memory: no account is needed, and nothing of yours is touched. With \`--readonly\`
it changes nothing; with \`--no-mouse\` the mouse is left to the terminal. It needs a terminal of xterm's kind; over ssh and in
tmux it works as elsewhere. \`NO_COLOR\` takes the colours away; a state is said by a glyph and a word in any case.

A value that is copied goes to the terminal's clipboard (OSC 52) and is taken out after 30 seconds, or when the window
closes. Not every terminal allows that: tmux wants \`set-clipboard on\`, and some ask or refuse.

Where one signs in on a page, its address is on the screen and a browser opens it, if there is one; \`y\` copies it. Meanwhile
Tab leads to the table, and Esc or Ctrl-C gives it up.

The pictures are what a terminal of 100 columns shows, as text.
`;

/** The temporary folder of the demo, which stands in for a home. */
const FOLDER = /\/tmp\/vaultlink-pictures-\w{6}\/vaultlink-demo-\w{6}(?=\/)/g;

/** The page as Markdown. */
export function pageOf(pictures: readonly Picture[]): string {
  const parts = pictures.map(
    ({ title, about, screen }) =>
      `\n## ${title}\n\n${about}\n\n\`\`\`text\n${screen.replaceAll(/ +$/gm, "").replaceAll(FOLDER, "/home/ada")}\n\`\`\`\n`,
  );
  return HEAD + parts.join("");
}

/** A page without what differs each time: how long ago something was, and the room that this takes. */
export const withoutTimes = (page: string): string =>
  page.replaceAll(/\d+ (?:s|min|h|d)\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>").replaceAll(/ +/g, " ");
