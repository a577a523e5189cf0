import type { RecordedVault } from "./vaults.ts";
import type { Recorded } from "./session.ts";

/** A recorded session as a page of the site: its picture, what was typed and how that was known, and all of it as text. */
export function pageOf({ file, title, knows }: RecordedVault, { typed, screen }: Recorded): string {
  const guessed = typed.filter(({ known }) => known === "guessed").length;
  const rows = typed.map(({ text, known }) => `| \`${text.replaceAll("|", String.raw`\|`)}\` | ${known} |`);
  return `---
title: "Session: ${title}"
description: From nothing to a command that runs with a secret, as it was typed.
---

{/* Made by \`pnpm sessions\`; do not edit. */}

Somebody with an empty home knows ${knows}.
It was recorded at a real terminal, with the command of this version and a stand-in of the vault; addresses are replaced.

![The session at a terminal](/sessions/${file}.svg)

## What was typed

| typed | known from |
| ----- | ---------- |
${rows.join("\n")}

Guessed: ${guessed} of ${typed.length} lines. A command is guessed if no list of commands on the screen had it before.

## All of it, as text

\`\`\`text
${screen}
\`\`\`
`;
}
