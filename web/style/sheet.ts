import booking from './booking.css';
import byLink from './by-link.css';
import common from './common.css';

/** Inline in every page: a first visit needs no second request, and most visits by link are one page. */
export const styleSheets = { open: common + booking, link: common + byLink } as const;

export type Access = keyof typeof styleSheets;
