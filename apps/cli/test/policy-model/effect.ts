import type { ProjectContent, UserContent } from "../../src/config/content.ts";
import type { PolicyContent } from "../../src/policy/content.ts";
import { urlOf } from "./commands.ts";
import { Standings } from "./oracle.ts";
import type { User, World } from "./state.ts";
import { connectionOf, type Given } from "./verdict.ts";

/** What the files hold once a command is done. */
export interface Contents {
  readonly user: UserContent;
  readonly project: ProjectContent;
  readonly policy: PolicyContent | undefined;
}

/** What a command that is allowed makes of the files. */
export function effectOf(world: World, user: User, command: Given): Contents {
  const before: Contents = { user: user.user, project: user.project, policy: world.policy };
  switch (command.do) {
    case "connect": {
      const entry = { provider: command.kind, url: urlOf(`user-${user.index}`, command) };
      const connections = { ...user.user.connections, [command.name]: entry };
      return { ...before, user: reconnected({ ...user.user, connections }, command.name) };
    }
    case "reauth":
      return { ...before, user: reconnected(user.user, command.name) };
    case "disconnect":
      return disconnected(world, user, command.name);
    case "disconnect-link":
      return disconnected(world, user, connectionOf(user, command.link) ?? "");
    case "ttl":
      return { ...before, user: { ...user.user, cache: { ...user.user.cache, ttl: command.minutes } } };
    case "link":
    case "relink": {
      const links = { ...user.project.links, [command.link]: `${command.name}://${command.link}` };
      return { ...before, project: { ...user.project, links } };
    }
    case "get":
    case "list":
    case "status":
    case "logout":
      return before;
  }
}

/** An admin's disconnect takes the definition out of the policy, where they may write it, and notes the name there. */
function disconnected(world: World, user: User, name: string): Contents {
  const { isWritable, policy } = world;
  const before: Contents = { user: user.user, project: user.project, policy };
  if (policy !== undefined && isWritable && new Standings(world, user).find(name)?.isTeams === true) {
    const connections = Object.fromEntries(Object.entries(policy.connections ?? {}).filter(([one]) => one !== name));
    const others = (policy.disconnected ?? []).filter((one) => one !== name);
    return { ...before, policy: { ...policy, connections, disconnected: [...others, name] } };
  }
  const { disconnected: known = [] } = user.user;
  return known.includes(name) ? before : { ...before, user: { ...user.user, disconnected: [...known, name] } };
}

/** A connection that is signed in to counts again. */
function reconnected(content: UserContent, name: string): UserContent {
  const { disconnected: known, ...others } = content;
  if (known?.includes(name) !== true) return content;
  const rest = known.filter((one) => one !== name);
  return rest.length === 0 ? others : { ...others, disconnected: rest };
}
