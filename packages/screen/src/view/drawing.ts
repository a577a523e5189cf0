/** How the window draws, as far as it depends on the terminal. */
export interface Drawing {
  /** Removes what drives a terminal from text that is not ours. */
  readonly clean: (text: string) => string;
  /** Whether the terminal shows more than ASCII. */
  readonly unicode: boolean;
  readonly colour: boolean;
}
