import { settled } from "./layout.ts";
import { takeFields } from "./picker-keys.ts";
import { complain, say, step, toTable } from "./step.ts";
import { type Event, type ScreenState, SHOWN_MS, type SignIn, type Step } from "./state.ts";

/** Takes what came of something that was to be done. */
export function takeResult(
  state: ScreenState,
  event: Exclude<Event, { kind: "key" | "paste" | "mouse" | "resize" | "tick" }>,
): Step {
  const idle: ScreenState = { ...state, work: undefined, signIn: undefined };
  switch (event.kind) {
    case "changed":
      return step(state, { kind: "load" }, ...detailsAgain(state));
    case "loaded":
      return step(settled({ ...state, overview: event.overview, readAtMs: event.nowMs, nowMs: event.nowMs }));
    case "details": {
      const { panel } = state;
      if (panel.kind !== "details" || panel.name !== event.name) return step(state);
      return step({ ...state, panel: { ...panel, details: event.details } });
    }
    case "value": {
      const panel = { kind: "value", name: event.name, text: event.text, untilMs: event.nowMs + SHOWN_MS } as const;
      return step({ ...idle, nowMs: event.nowMs, panel });
    }
    case "copied": {
      const copied = { name: event.name, untilMs: event.nowMs + SHOWN_MS };
      return step(
        say(
          { ...idle, nowMs: event.nowMs, copied },
          `${event.name} was handed to the clipboard, for 30 seconds.`,
          "good",
        ),
      );
    }
    case "entries": {
      const { panel } = state;
      if (panel.kind !== "picker") return step(state);
      const { picker } = panel;
      if (picker.connection !== event.connection || picker.prefix !== event.prefix) return step(state);
      return step({
        ...state,
        panel: { kind: "picker", picker: { ...picker, entries: event.entries, problem: undefined } },
      });
    }
    case "fields": {
      const { panel } = state;
      return panel.kind === "picker" ? takeFields(state, panel.picker, event) : step(state);
    }
    case "unlisted": {
      const { panel } = state;
      if (panel.kind !== "picker") return step(state);
      return step({
        ...state,
        panel: { kind: "picker", picker: { ...panel.picker, entries: [], problem: event.problem } },
      });
    }
    case "verified":
      return verified(idle, event);
    case "asked":
      return asked(state, event.question);
    case "told":
      return onSignIn(state, (signIn) => ({ ...signIn, lines: [...signIn.lines, event.text] }));
    case "opened":
      return onSignIn(state, (signIn) => ({ ...signIn, page: event.page }));
    case "done":
      return step(say(closed(idle), event.text, "good"), { kind: "load" });
    case "failed":
      return step(complain(closed(idle), event.problem), { kind: "load" });
    case "unread":
      return step(complain(state, event.problem));
  }
}

const detailsAgain = ({ panel }: ScreenState): Step["effects"] =>
  panel.kind === "details" ? [{ kind: "details", name: panel.name }] : [];

/** The new reference gave a value: now the person decides. */
function verified(state: ScreenState, { effect, verified: found }: Event & { kind: "verified" }): Step {
  const { link, reference } = effect;
  const version = found.version === undefined ? "" : `, version ${found.version}`;
  const lines = [
    `was  ${link.was ?? "(no reference)"}`,
    `now  ${reference}`,
    `The vault gave a value for it${version}.`,
  ];
  return step({
    ...state,
    panel: {
      kind: "confirm",
      confirm: {
        question: `Point ${link.name} elsewhere?`,
        lines,
        effect: { kind: "relink", name: link.name, reference },
        work: `relinking ${link.name}`,
      },
    },
  });
}

function onSignIn(state: ScreenState, change: (signIn: SignIn) => SignIn): Step {
  const { signIn } = state;
  return step(signIn === undefined ? state : { ...state, signIn: change(signIn) });
}

/** A question shows at once where nothing else is open: what is typed there must not become its answer. */
function asked(state: ScreenState, question: SignIn["question"]): Step {
  const next = onSignIn(state, (signIn) => ({ ...signIn, question, text: "", cursor: 0 })).state;
  return step(
    next.signIn !== undefined && next.panel.kind === "table" ? { ...next, panel: { kind: "sign-in" } } : next,
  );
}

/** What a sign-in had open goes with it. */
const closed = (state: ScreenState): ScreenState => (state.panel.kind === "sign-in" ? toTable(state) : state);
