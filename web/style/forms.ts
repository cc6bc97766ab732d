/** Fields, boxes to tick, and cards to choose from. */
export const forms = `
.field { margin: 0 0 1.35rem; }
.field > label { display: block; margin-bottom: .35rem; font-weight: 600; }
.hint { margin: 0 0 .4rem; }
.fault-text { margin: 0 0 .4rem; color: var(--bad); font-weight: 600; }
.faulty :is(input, textarea) { border-color: var(--bad); border-width: 2px; }
.pair { display: grid; align-items: end; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); margin-bottom: .75rem; }
.inner { margin: 0; }
legend + .hint { margin-bottom: 1rem; }
.inner legend { font: 600 1rem/1.5 var(--sans); margin: 0 0 .25rem; }
.tick { display: flex; gap: .75rem; align-items: flex-start; min-height: 2.75rem; padding: .55rem 0; cursor: pointer; }
.tick input, .service input { flex: none; width: 1.4rem; height: 1.4rem; margin: .1rem 0 0; }
.cards { display: grid; gap: .6rem; margin: 0 0 1.25rem; }
.card { display: grid; align-items: center; gap: 0 .9rem; min-height: 4rem; padding: .8rem 1rem; border: 1.5px solid var(--line); border-radius: var(--round); background: var(--card); color: inherit; text-decoration: none; cursor: pointer; transition: border-color .15s, background .15s; }
.card:hover { border-color: var(--strong); }
.card:focus-visible { border-radius: var(--round); }
.service { grid-template: "tick name price" auto "tick fine price" auto / auto 1fr auto; }
.service input { grid-area: tick; margin: 0; }
.service .name { grid-area: name; }
.service .fine { grid-area: fine; }
.service .price { grid-area: price; }
.service:has(:checked) { border-color: var(--strong); background: var(--tint); }
.service:has(:focus-visible) { outline: 3px solid var(--strong); outline-offset: 2px; }
.service input:focus-visible { outline: none; }
.pick { grid-template-columns: auto 1fr auto; }
.pick > * { grid-column: 2; }
.pick > .round { grid-area: 1 / 1 / span 2; width: 2.75rem; height: 2.75rem; background: var(--tint); color: var(--strong); }
.pick > .icon { grid-area: 1 / 3 / span 2; color: var(--strong); }
.pick .name:nth-last-child(2) { grid-row: 1 / span 2; }
.onward { margin-top: 1.75rem; }
.onward .fine { margin: .9rem 0 0; }
@media (max-width: 40rem) { .onward button, .actions > *, .actions button, .stop button { width: 100%; } }
`;
