/** The appointment, the review, and what is sent. */
export const byLink = `
.ticket { margin: 0 0 1.75rem; padding: 1.35rem 1.35rem .5rem; border-radius: var(--round); border-top: 5px solid var(--strong); background: var(--card); box-shadow: var(--shade); }
ul.ticket { padding-top: .25rem; }
.ticket.cancelled, .ticket.no_show { border-color: var(--edge); }
.ticket.cancelled .moment-day, .ticket.cancelled .moment-time { text-decoration: line-through; text-decoration-thickness: 1.5px; }
.pill { display: inline-block; margin: 0 0 .75rem; padding: .15rem .8rem; border-radius: 99px; background: var(--tint); color: var(--strong); font-size: .9rem; font-weight: 600; }
.confirmed .pill, .arrived .pill, .completed .pill { background: var(--good-tint); color: var(--good); }
.cancelled .pill, .no_show .pill { background: var(--paper); color: var(--soft); }
.moment { margin: 0 0 1rem; }
.moment-day, .moment-time { display: block; }
.moment-day { font-size: 1.35rem; }
.moment-time { font-size: 1.8rem; font-variant-numeric: tabular-nums; }
.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: .8rem 0; border-top: 1px solid var(--line); }
ul.ticket li:first-child, .ticket > .lines:first-child li:first-child { border: 0; }
.sum { font-weight: 650; }
.sum .fine { font-weight: 400; }
.where { border-top: 1px solid var(--line); padding-top: .8rem; }
.where p { margin: 0 0 .4rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1.1rem; }
.from-to { margin-bottom: .75rem; }
.from-to > div { display: grid; grid-template-columns: 5rem 1fr; gap: .5rem; padding: .8rem 0; border-top: 1px solid var(--line); }
.from-to dd > * { display: block; }
.from-to dd > ::first-letter, .moment-day::first-letter { text-transform: uppercase; }
.from-to dt, .from-to s { color: var(--soft); }
.rating { margin-bottom: 1.75rem; }
.stars { display: flex; gap: .25rem; margin-inline-start: -.3rem; }
.star { position: relative; display: grid; place-items: center; width: 3.25rem; height: 3.25rem; border-radius: 12px; cursor: pointer; }
.star input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.star:has(:focus-visible) { outline: 3px solid var(--strong); outline-offset: -1px; }
.star svg, .given svg { width: 2.6rem; height: 2.6rem; fill: none; stroke: var(--edge); stroke-width: 1.3; stroke-linejoin: round; }
.stars:not(:hover) .star:has(~ .star :checked) svg, .stars:not(:hover) :checked + svg, .star:has(~ .star:hover) svg, .star:hover svg, .lit svg { fill: var(--star); stroke: var(--star); }
.scale { display: flex; justify-content: space-between; max-width: 17.2rem; margin: .2rem 0 0; }
.given { display: inline-flex; flex: none; }
.given svg { width: 1.4rem; height: 1.4rem; }
.own-words { margin: 0; padding: .8rem 0; border-top: 1px solid var(--line); font-family: var(--serif); white-space: pre-line; }
.in-public { margin: 0 0 1.5rem; padding: 1.35rem; border-radius: var(--round); background: var(--tint); }
.state { flex: none; color: var(--soft); font-size: .9rem; }
.on { color: var(--good); font-weight: 600; }
.stop { margin: 0 0 1.5rem; }
.stop .fine { margin: .5rem 0 0; }
@media (forced-colors: active) { .star svg, .given svg { forced-color-adjust: none; } .day[aria-current] { border: 3px solid Highlight; } }
`;
