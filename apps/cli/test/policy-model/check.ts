import { isDeepStrictEqual } from "node:util";
import { urlOf } from "./commands.ts";
import { checkAnswer } from "./check-answer.ts";
import { type Contents, effectOf } from "./effect.ts";
import { Standings } from "./oracle.ts";
import { textOf } from "./snapshot.ts";
import type { User, World } from "./state.ts";
import type { Broken, Step } from "./step.ts";
import { connectionOf, type Given, type Verdict } from "./verdict.ts";

/** What fails for no other reason than that a vault cannot be reached. */
const TROUBLES = new Set(["unavailable", "throttled", "timeout"]);

/** Holds what a command did against what the documentation says. */
export function check(world: World, user: User, step: Step): void {
  const { command, outcome, verdict } = step;
  const broken = (invariant: string, what: string): void =>
    void world.violations.push(`${invariant}: ${command.do}: ${what} ${JSON.stringify(outcome)}`);
  const isTrouble = "code" in outcome && TROUBLES.has(outcome.code) && mayBeTrouble(world);
  if (!verdict.isAllowed) checkRefusal(step, { verdict, broken, isTrouble });
  else if ("code" in outcome && !isTrouble) broken("P2", "what is allowed was refused.");
  if ("code" in outcome) checkUntouched(user, step, broken);
  else if (verdict.isAllowed) {
    const contents = effectOf(world, user, command);
    checkFiles(world, user, { ...step, contents, broken });
    checkAnswer(world, user, { step, json: outcome.json, broken });
  }
  checkAsked(world, user, { step, broken });
  checkOthers(user, step, broken);
  checkSessions(world, user, broken);
}

/** Whether a vault could not be reached, or could not shortly before. */
const mayBeTrouble = ({ clock, troubleUntil, vaults }: World): boolean =>
  vaults.isDown || clock.monotonicMs() < troubleUntil;

/** What is not allowed fails as documented, and says what helps. */
function checkRefusal(
  { outcome }: Step,
  about: {
    readonly verdict: Extract<Verdict, { isAllowed: false }>;
    readonly broken: Broken;
    readonly isTrouble: boolean;
  },
): void {
  const { broken, isTrouble, verdict } = about;
  if (!("code" in outcome)) return broken("P1", `what is refused happened; expected ${verdict.code}.`);
  if (isTrouble && verdict.proofAt !== undefined) return;
  const { code, exit, hint, message, reason } = outcome;
  if (code !== verdict.code || (verdict.reason !== undefined && reason !== verdict.reason)) {
    broken("P1", `refused otherwise than with ${verdict.code}, ${verdict.reason ?? ""}.`);
  }
  if (code === "forbidden" && exit !== 79) broken("P1", `forbidden is status ${exit}.`);
  if (hint === undefined || hint === "") broken("P1", "nothing is said that helps.");
  if (reason === "admin-only" && !/role|whoever owns|Only an admin/.test(message))
    broken("P1", "it is not said who may.");
}

/** What failed changed nothing: not a file, not a session, not a value. */
function checkUntouched({ index }: User, { after, before, command, verdict }: Step, broken: Broken): void {
  if (before.policy !== after.policy) broken("P1", "the policy was changed.");
  for (const [at, own] of before.own.entries()) {
    const now = after.own[at];
    for (const file of ["user", "project", "trust"] as const) {
      if (own[file] !== now?.[file]) broken("P1", `the ${file} file of user ${at} was changed.`);
    }
  }
  if (verdict.isAllowed) return;
  const [was, is] = [before.own[index], after.own[index]];
  if (was?.agent !== is?.agent) broken("P1", `the agent was changed: ${was?.agent ?? ""} to ${is?.agent ?? ""}.`);
  if (!isDeepStrictEqual(was?.sessions, is?.sessions)) broken("P1", `sessions were changed by ${command.do}.`);
}

/** The files hold what they should, and whoever gave no command has theirs as before. */
function checkFiles(
  world: World,
  user: User,
  { after, before, broken, contents }: Step & { readonly contents: Contents; readonly broken: Broken },
): void {
  const files = { user: user.files.user, project: user.files.project, policy: world.policyFile };
  for (const [name, file] of Object.entries(files) as Array<[keyof typeof files, string]>) {
    const text = textOf(file);
    const held: unknown = text === undefined ? undefined : JSON.parse(text);
    const expected = contents[name];
    if (isDeepStrictEqual(held, JSON.parse(JSON.stringify(expected ?? null)) ?? undefined)) continue;
    broken("P2", `the ${name} file holds ${text ?? "nothing"}, not ${JSON.stringify(expected)}.`);
  }
  const other = user.index === 0 ? 1 : 0;
  for (const file of ["user", "project", "trust"] as const) {
    if (before.own[other]?.[file] !== after.own[other]?.[file]) broken("P2", "a file of another user was changed.");
  }
  world.policy = contents.policy;
  user.user = contents.user;
  user.project = contents.project;
}

/** Only vaults whose connections count were asked, and only where the command is about them. */
function checkAsked(
  { vaults }: World,
  user: User,
  { step, broken }: { readonly step: Step; readonly broken: Broken },
): void {
  const { before, command, standings, verdict } = step;
  const asked = vaults.asked.slice(before.asked);
  if (asked.some((one) => one.user !== user.index)) broken("P4", "another user's credentials were used.");
  const places = new Set(placesOf(user, command, { standings, verdict }));
  for (const { url, what } of asked) if (!places.has(url)) broken("P4", `a ${what} at ${url}.`);
  const mayRead = command.do === "get" || command.do === "relink";
  if (asked.some(({ what }) => what === "read") && !(mayRead && verdict.isAllowed)) broken("P1", "it read a value.");
  if (command.do === "reauth" && verdict.isAllowed && asked.length === 0) broken("P2", "nobody signed in.");
}

/** Where a command may sign in, or read. */
function placesOf(
  user: User,
  command: Given,
  { standings, verdict }: Pick<Step, "standings" | "verdict">,
): readonly string[] {
  if (verdict.proofAt !== undefined) return [verdict.proofAt];
  if (!verdict.isAllowed) return [];
  if (command.do === "connect") return [urlOf(`user-${user.index}`, command)];
  const name = "name" in command ? command.name : "link" in command ? connectionOf(user, command.link) : undefined;
  const found = name === undefined ? undefined : standings.find(name);
  if (found === undefined) return [];
  const needs = command.do === "get" || command.do === "reauth" || (command.do === "relink" && command.verify);
  return needs ? [found.url] : [];
}

/** A command ends no session of anybody else. */
function checkOthers({ index }: User, { after, before }: Step, broken: Broken): void {
  const other = index === 0 ? 1 : 0;
  if (isDeepStrictEqual(before.own[other]?.sessions, after.own[other]?.sessions)) return;
  broken("P5", "sessions of another user were changed.");
}

/** Whoever has just given a command has sessions at vaults only whose connections count, and are not disconnected. */
function checkSessions(world: World, user: User, broken: Broken): void {
  const standings = new Standings(world, user);
  const places = [...standings.counting].filter(([name]) => user.user.disconnected?.includes(name) !== true);
  const urls = new Set(user.agent === undefined ? [] : places.map(([, { url }]) => url));
  for (const { url } of world.vaults.open(user.index)) if (!urls.has(url)) broken("P5", `a session at ${url} is left.`);
}
