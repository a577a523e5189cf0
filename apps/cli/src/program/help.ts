/** Help was asked for: this is what to print. */
export class Help extends Error {
  readonly text: string;

  constructor(text: string) {
    super("Help was asked for.");
    this.text = text;
  }
}
