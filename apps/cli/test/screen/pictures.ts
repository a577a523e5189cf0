import { mkdtemp, rm } from "node:fs/promises";
import { Terminal } from "@vaultlink/test-support/terminal";
import { FLAGS, MAIN } from "../command.ts";

/** The screen in one of its states, as a terminal shows it. */
export interface Picture {
  readonly title: string;
  /** What one sees, and what led there. */
  readonly about: string;
  readonly screen: string;
}

/** Goes through the states of the window on the vaults of the demo, and takes a picture of each. */
export async function takePictures(): Promise<readonly Picture[]> {
  const folder = await mkdtemp("/tmp/vaultlink-pictures-");
  const window = new Terminal({
    command: [process.execPath, ...FLAGS, MAIN, "ui", "--demo"],
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder, VAULTLINK_AGENT: "off" },
    columns: 100,
    rows: 24,
  });
  const pictures: Picture[] = [];
  const take = (title: string, about: string): void => void pictures.push({ title, about, screen: window.text() });
  try {
    await walk(window, take);
    window.type("q");
    await window.ended();
    return pictures;
  } catch (error) {
    window.kill("SIGKILL");
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function walk(window: Terminal, take: (title: string, about: string) => void): Promise<void> {
  const goTo = async (name: string): Promise<void> => {
    window.type(`/${name}`);
    await window.shows(new RegExp(`> ${name} [^]*Enter go on`));
    window.press("escape");
    await window.shows(new RegExp(`> ${name} [^]*Enter details`));
  };
  const read = async (name: string): Promise<void> => {
    await goTo(name);
    window.type("v");
    await window.shows(`${name}: its value`);
    window.press("escape");
    await window.shows("The value was taken off the screen.");
  };
  await window.shows("> DB_USER");
  take("As it opens", "Connections above, links below. Nothing was read yet, and no vault was asked.");
  for (const name of ["DB_PASSWORD", "QUEUE_PASSWORD", "STORAGE_KEY", "STRIPE_KEY"]) await read(name);
  for (const name of ["WIKI_TOKEN", "OLD_SEARCH_KEY"]) {
    await goTo(name);
    window.type("v");
    await window.shows(new RegExp(`> ${name} +✗`));
  }
  await goTo("DB_PASSWORD");
  await window.showsNo("denied.");
  take("In use", "What is kept has a version and an age. What gives no value says why, and what helps.");
  window.press("enter");
  await window.shows("because");
  take("Details", "Enter: where the value comes from, and what decided so. It is what `vaultlink explain` says.");
  window.press("escape");
  await window.shows("Enter details");
  window.type("v");
  await window.shows("its value");
  take("A value", "`v`: for 30 seconds, or until Esc.");
  window.press("escape");
  await window.shows("taken off the screen");
  window.type("/search");
  await window.shows("2 of 12 links");
  take("The filter", "`/`: live, over names, references, connections and states.");
  window.press("escape");
  await window.shows("Enter details");
  window.type(":link QUEUE_URL");
  window.press("enter");
  await window.shows("QUEUE_URL: reference");
  window.press("tab");
  await window.shows("choose from Connection");
  window.type("aws");
  await window.shows("> aws");
  window.press("enter");
  await window.shows("> prod/");
  window.press("enter");
  await window.shows("> queue");
  take("What to link", "`n`, a name, then Tab: connection, folder, secret and field are chosen from what there is.");
  window.press("enter");
  await window.shows("> url");
  window.press("enter");
  await window.shows("aws://prod/queue#url");
  window.press("enter");
  await window.shows("QUEUE_URL is linked.");
  await goTo("MAIL_KEY");
  window.type(":relink MAIL_KEY aws://prod/search#key");
  window.press("enter");
  await window.shows("Point MAIL_KEY elsewhere?");
  take("Relink", "`e`: the vault is asked for the new reference first. Only then does it count, with `y`.");
  window.type("y");
  await window.shows("MAIL_KEY now stands for");
  window.type(":reauth hcv");
  window.press("enter");
  await window.shows("(the demo takes any)");
  window.paste("anything");
  await window.shows("(typed, not shown)");
  take("Signing in again", "`a`: the questions of the vault are asked in the window. What is secret is not shown.");
  window.press("enter");
  await window.shows("hcv: signed in as");
  window.type(":disconnect az");
  window.press("enter");
  await window.shows("Disconnect az?");
  take("Disconnect", "`x`, at a connection or at a link: first the names that will be unresolved.");
  window.type("y");
  await window.shows("az is disconnected.");
  await goTo("STORAGE_KEY");
  await window.shows("try vaultlink reauth az");
  take("Afterwards", "The links stay, unresolved, and say what connects them again.");
  window.type("?");
  await window.shows("Keys");
  take("The keys", "`?`");
  window.press("escape");
  await window.shows("Enter details");
}
