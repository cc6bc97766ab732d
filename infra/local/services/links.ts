const unescapeAmp = (text: string): string => text.replaceAll('&amp;', '&');

/** Every http(s) address in a plain text and in the href attributes of an HTML text, once each, in order. */
export const linksIn = (text: string, html: string): string[] => {
  const plain = [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([link]) => link.replace(/[.,;:!?)\]]+$/, ''));
  const hrefs = [...html.matchAll(/\shref\s*=\s*["']?(https?:\/\/[^\s"'>]+)/gi)].map(([, link]) =>
    unescapeAmp(link ?? ''),
  );
  return [...new Set([...plain, ...hrefs])];
};
