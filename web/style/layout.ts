/** The frame of a page, and what says how things stand. */
export const layout = `
.top, main { width: min(100% - 2rem, 62rem); margin-inline: auto; }
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem; padding: .75rem 0; border-bottom: 1px solid var(--line); }
main { padding: 1.5rem 0 4rem; }
.brand { display: inline-flex; align-items: center; gap: .7rem; min-height: 2.75rem; font-size: 1.2rem; color: var(--ink); text-decoration: none; }
.monogram, .round { display: grid; place-items: center; flex: none; width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--strong); color: var(--on-strong); font: 600 1.05rem/1 var(--serif); }
.languages ul { display: flex; flex-wrap: wrap; margin-inline: -.6rem; }
.languages a { display: inline-flex; align-items: center; min-width: 2.75rem; min-height: 2.75rem; justify-content: center; padding: 0 .6rem; color: var(--soft); font-size: .9rem; text-decoration: none; }
.languages a:hover { text-decoration: underline; }
.languages [aria-current] { color: var(--ink); font-weight: 600; text-decoration: underline; text-decoration-color: var(--strong); text-decoration-thickness: 2px; text-underline-offset: .45em; }
.single { max-width: 36rem; margin-inline: auto; }
.notice { display: flex; gap: .8rem; margin: 0 0 1.75rem; padding: 1rem 1.1rem; border-radius: var(--round); }
.notice p, .notice ul { margin: .25rem 0 0; }
.notice .notice-title { margin: 0; font-size: 1.1rem; line-height: 1.45; }
.notice a { color: inherit; font-weight: 600; }
.notice > div { min-width: 0; }
.notice > .icon { margin-top: .2rem; width: 1.4rem; height: 1.4rem; }
.notice:focus { outline: 2px solid currentColor; outline-offset: -2px; }
.done { background: var(--good-tint); color: var(--good); }
.fault { background: var(--bad-tint); color: var(--bad); }
.contacts li, .links { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem; }
.contacts { margin: .5rem 0 1.5rem; }
.notice .contacts { margin: 0; }
.phone { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.75rem; }
.hello { margin: 0 0 .25rem; color: var(--soft); }
.back { margin: 1.5rem 0 0; }
`;
