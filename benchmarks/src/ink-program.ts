import { render, Text } from "ink";
import { createElement } from "react";

/* The least program that draws with Ink, for measuring beside the window. */
render(createElement(Text, null, "NAME"), { alternateScreen: true, exitOnCtrlC: false });
setInterval(() => {}, 1000);
