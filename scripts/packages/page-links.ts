import { posix } from "node:path";

/** Links of a package's own pages that lead to files it does not ship, from the folder of the package. Other sites are not asked. */
export function brokenPageLinks(pages: ReadonlyMap<string, string>, files: readonly string[]): readonly string[] {
  return [...pages].flatMap(([page, text]) =>
    targetsOf(text)
      .filter((target) => !files.includes(posix.normalize(posix.join(posix.dirname(page), target))))
      .map((target) => `${page} links to ${target}, which is not in it`),
  );
}

/** Files that a page links to or shows, as it writes them, without the place in them. */
function targetsOf(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z][\w+.-]*:/i.test(target));
}
