import type { ScreenState, SignIn } from "../state/state.ts";
import type { Drawing } from "./drawing.ts";
import { line, type Line, span } from "./line.ts";
import { type Drawn, roomOf, typed } from "./panels.ts";
import { chunks, wrap } from "./text.ts";

/** A sign-in that is under way. */
export function drawSignIn(state: ScreenState, drawing: Drawing): Drawn {
  const { signIn } = state;
  if (signIn === undefined) return { title: "Signing in", lines: [], keys: "Esc back" };
  const { clean } = drawing;
  const width = Math.max(10, state.size.columns - 4);
  const told = signIn.lines.flatMap((one) => wrap(clean(one), width)).map((one) => line(`  ${one}`));
  const asked = question(signIn, drawing);
  const room = roomOf(state) - 1 - asked.length;
  const page = address(signIn, state, { ...drawing, room });
  // The newest is what the person has to know.
  const above = told.slice(Math.max(0, told.length - Math.max(0, room - page.length)));
  const isWaiting = signIn.question === undefined;
  return {
    title: `Signing in to ${clean(signIn.connection)}`,
    lines: [[], ...above, ...page, ...asked],
    keys: isWaiting
      ? `Esc cancels   Tab to the table${page.length > 0 ? "   y copies the address" : ""}`
      : "Enter answers   Esc cancels",
  };
}

/** In lines as long as the terminal, with nothing before them: what is marked with the mouse is the address and no more. */
function address(
  { page }: SignIn,
  { size }: ScreenState,
  { clean, room }: Drawing & { readonly room: number },
): readonly Line[] {
  if (page === undefined) return [];
  const lines = chunks(clean(page), Math.max(1, size.columns)).map((one) => line(one, "strong"));
  if (lines.length < room) return [line("  To sign in, open"), ...lines];
  return [line("  The page's address does not fit here: y copies it, or make the terminal larger.")];
}

function question({ question: asked, text, cursor }: SignIn, { clean }: Drawing): readonly Line[] {
  if (asked === undefined) return [line("  …", "dim")];
  const hidden = text === "" ? "" : "(typed, not shown)";
  const answer = asked.secret ? [span(hidden, "dim"), span(" ", "cursor")] : typed(text, cursor, clean);
  return [[span(`  ${clean(asked.label)}: `, "strong"), ...answer]];
}
