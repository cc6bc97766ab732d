/** The steps of booking: progress, the visit so far. */
export const booking = `
@media (min-width: 48rem) { .category .cards { grid-template-columns: 1fr 1fr; } }
.split { display: grid; gap: 2rem 3.5rem; }
.progress { margin: 0 0 1.75rem; }
.progress ol { display: flex; gap: .35rem; }
.progress li { flex: 1; min-width: 0; border-top: 4px solid var(--line); border-radius: 2px; font-size: .9rem; color: var(--soft); }
.progress .past, .progress li:has([aria-current]) { border-color: var(--strong); }
.progress li > * { display: flex; align-items: center; min-height: 2.75rem; }
.progress [aria-current] { color: var(--ink); font-weight: 600; }
.progress li > a { color: inherit; text-decoration: none; }
.progress li > a:hover { text-decoration: underline; }
.progress p { display: none; margin: .5rem 0 0; font-size: .9rem; color: var(--soft); }
@media (max-width: 40rem) {
  .progress li > * { min-height: 1.5rem; font-size: 0; }
  .progress p { display: block; margin: 0; }
  .onward.sticky { position: sticky; bottom: 0; margin-inline: -1rem; padding: .75rem 1rem calc(.75rem + env(safe-area-inset-bottom)); background: linear-gradient(transparent, var(--paper) 1rem); }
}
.when { color: var(--strong); font-weight: 600; }
.when::first-letter { text-transform: uppercase; }
.category { margin-bottom: 1.75rem; }
.summary { align-self: start; padding: 1.1rem 1.25rem; border-radius: var(--round); background: var(--card); box-shadow: var(--shade); }
.summary h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
.summary dl > div { padding: .6rem 0; border-top: 1px solid var(--line); }
.summary dl > div:first-child { border: 0; }
.summary dt { font-size: .85rem; color: var(--soft); }
.summary dd { display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
.summary dd > div { min-width: 0; }
.summary dd a { flex: none; display: inline-flex; align-items: center; justify-content: flex-end; min-width: 2.75rem; min-height: 2.75rem; margin: -.75rem 0; font-size: .9rem; }
@media (min-width: 56rem) {
  .split { grid-template-columns: minmax(0, 1fr) 19rem; }
  .split .summary { position: sticky; top: 1.5rem; margin-top: 4.6rem; }
}
`;
