/** Longest that a title is shown; a longer one is cut at a word. */
export const maxShown = 40;

/** The title as lists show it. */
export const shownTitle = (title: string): string => {
  if (title.length <= maxShown) return title;
  const cut = title.slice(0, maxShown - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).trimEnd()}…`;
};
