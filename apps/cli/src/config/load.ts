import { realpath, stat } from "./file-calls.ts";
import { isAbsolute } from "node:path";
import { SecretError } from "@vaultlink/core";
import type { ProjectContent, UserContent } from "./content.ts";
import { findProject, type Found } from "./find-project.ts";
import { PROJECT, USER } from "./file-kinds.ts";
import { merge } from "./merge.ts";
import { clean } from "../output/clean.ts";
import type { Reader } from "./permissions.ts";
import { type PathContext, trustFile, userFile } from "./paths.ts";
import { type Loaded, readConfig } from "./read.ts";
import { type Applied, applyPolicy } from "../policy/apply.ts";
import { loadPolicy, type Policy } from "../policy/load.ts";
import { type PolicyPlace, systemPolicy } from "../policy/place.ts";
import { type Candidate, isTrusted, TRUST, type TrustContent } from "./trust.ts";

/** Where a command runs, as far as configuration depends on it. */
export interface Place extends PathContext {
  readonly cwd: string;
  /** The user's number; absent on Windows. */
  readonly uid: number | undefined;
  /** Where the machine's policy is, for tests: nothing that a user can set leads here. @default as `systemPolicy` has it */
  readonly policy?: PolicyPlace;
}

/** Everything the files say, and what they said it in. */
export interface Configuration extends Applied {
  /** What the machine's administrator says for all users. */
  readonly policy: Policy | undefined;
  readonly user: Loaded<UserContent>;
  readonly project: Loaded<ProjectContent> | undefined;
  /** The project as trust sees it. */
  readonly candidate: Candidate | undefined;
  readonly trusted: boolean;
  readonly trust: Loaded<TrustContent>;
  /** A project file that was not read, since it belongs to another user. */
  readonly foreign: string | undefined;
}

/** Reads and merges the files. Throws `invalid_config` for one that is wrong; nothing is opened and no plugin loaded. */
export async function loadConfiguration(place: Place): Promise<Configuration> {
  const found = await locate(place);
  const [own, shared] = [ownReader(place), { uid: place.uid, owned: false, above: false }];
  if (found.file !== undefined) await refuseOwn(found.file, place);
  const [policy, user, trust, project] = await Promise.all([
    loadPolicy(place.policy ?? systemPolicy(place.platform)),
    readConfig<UserContent>(userFile(place), USER.schema, own),
    readConfig<TrustContent>(trustFile(place), TRUST.schema, own),
    found.file === undefined ? undefined : readConfig<ProjectContent>(found.file, PROJECT.schema, shared),
  ]);
  const candidate = project && (await describe(project, place));
  const trusted = candidate === undefined || isTrusted(candidate, trust.content);
  const merged = applyPolicy(merge(user.content, project?.content, trusted), policy?.content);
  return { ...merged, policy, user, project, candidate, trusted, trust, foreign: found.foreign };
}

/** Who reads the user's own files. */
export const ownReader = ({ uid }: Pick<Place, "uid">): Reader => ({ uid, owned: true, above: true });

/** The project file: the one the user names, else the nearest. Naming one says that its owner does not matter. */
async function locate(place: Place): Promise<Found> {
  const named = place.env["VAULTLINK_PROJECT"];
  if (!named) return findProject(place.cwd, place.uid);
  if (isAbsolute(named) && (await stat(named).catch(() => undefined))) return { file: named };
  throw new SecretError("invalid_config", "VAULTLINK_PROJECT must be the absolute path of a file that exists.", {
    hint: "unset VAULTLINK_PROJECT",
  });
}

/** Throws `invalid_config` for a project file that is the user's own: what is meant for the project would change that. */
async function refuseOwn(file: string, place: Place): Promise<void> {
  const identity = (path: string): Promise<string | undefined> =>
    stat(path, { bigint: true }).then(
      ({ dev, ino }) => `${dev} ${ino}`,
      () => undefined,
    );
  const [project, ...own] = await Promise.all([file, userFile(place), trustFile(place)].map(identity));
  if (project === undefined || !own.includes(project)) return;
  throw new SecretError("invalid_config", `${clean(file)}: It is your own configuration; a project has its own file.`, {
    hint: "Remove the link; with --user a link is your own",
  });
}

async function describe(project: Loaded<ProjectContent>, place: Place): Promise<Candidate> {
  const [path, about] = await Promise.all([realpath(project.file), stat(project.file)]);
  // Windows reports 0 for every owner: that says nothing.
  return { path, owner: place.uid === undefined ? undefined : about.uid, project };
}
