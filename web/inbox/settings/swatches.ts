/** Colours to begin from: each is readable under white words. */
export const swatches = ['#1c7ed6', '#4757d8', '#7048e8', '#c2255c', '#d9480f', '#2b8a3e', '#0b7285', '#343a40'];
