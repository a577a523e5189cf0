/** What tells a terminal to do something: xterm's control sequences, which the others understand. */
const ESC = "\u001b";

/** Reports of clicks and of the wheel, in the form without limits. */
export const MOUSE_ON: string = `${ESC}[?1000h${ESC}[?1006h`;
export const MOUSE_OFF: string = `${ESC}[?1006l${ESC}[?1000l`;

/** Puts a text into the clipboard (OSC 52). */
export const toClipboard = (text: string): string => `${ESC}]52;c;${Buffer.from(text).toString("base64")}\u0007`;

/** Takes what was put there out again: some terminals ignore an empty text, so a blank goes before it. */
export const CLEAR_CLIPBOARD: string = `${toClipboard(" ")}${ESC}]52;c;\u0007`;

/** The terminal as it was: no mouse, no marked pastes, attributes and cursor as usual, the first screen. */
export const RESTORE: string = `${MOUSE_OFF}${ESC}[?2004l${ESC}[?2026l${ESC}[0m${ESC}[?25h${ESC}[?1049l`;
