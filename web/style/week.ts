/** Seven days and the times of one. */
export const week = `
.turn { display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; gap: .5rem; margin: .5rem 0; }
.turn p { margin: 0; font-weight: 600; text-align: center; }
.turn > :last-child { justify-self: end; }
.days { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: .3rem; margin-bottom: 1.75rem; }
.day { position: relative; display: grid; place-items: center; align-content: center; min-height: 4rem; padding: .3rem 0; border: 1.5px solid var(--line); border-radius: 12px; background: var(--card); color: var(--ink); font-size: .8rem; line-height: 1.5; text-decoration: none; overflow: hidden; }
.day b { font-size: 1.15rem; }
a.day:hover { border-color: var(--strong); }
.day[aria-current] { background: var(--strong); border-color: var(--strong); color: var(--on-strong); }
.day:focus-visible { border-radius: 12px; }
.day.closed { border-style: dashed; background: none; color: var(--soft); }
.day.closed b { font-weight: 400; text-decoration: line-through; }
.times-of-day { margin-bottom: 1.75rem; }
.times-of-day h2::first-letter { text-transform: uppercase; }
.times { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.1rem, 1fr)); gap: .5rem; }
.times:is(:lang(bn), :lang(hi)) { grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); }
.time { display: grid; place-items: center; min-height: 2.9rem; padding: .2rem .3rem; border: 1.5px solid var(--line); border-radius: 99px; background: var(--card); color: var(--ink); font-size: .95rem; font-weight: 550; white-space: nowrap; font-variant-numeric: tabular-nums; text-decoration: none; text-align: center; }
.time small { font-size: .72rem; font-weight: 400; color: var(--soft); }
button.time { width: 100%; font-family: inherit; cursor: pointer; }
.time:hover { border-color: var(--strong); background: var(--tint); }
.time:focus-visible { border-radius: 99px; }
.nothing { padding: 2rem 1rem; margin-bottom: 1.5rem; border: 1.5px dashed var(--line); border-radius: var(--round); text-align: center; }
.nothing :last-child { margin-bottom: 0; }
`;
