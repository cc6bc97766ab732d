/** Elements as they look wherever they stand. */
export const base = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding: 1rem 0 7rem; }
body { margin: 0; min-height: 100vh; background: radial-gradient(70rem 22rem at 50% -9rem, var(--tint), transparent) no-repeat var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: break-word; }
:lang(bn), :lang(hi) { line-height: 1.7; }
h1, h2, legend, .brand, .moment-day, .moment-time, .notice-title { font-family: var(--serif); font-weight: 600; line-height: 1.2; }
h1, h2 { text-wrap: balance; }
:is(h1, h2, legend, .brand, .moment-day, .moment-time):is(:lang(bn), :lang(hi)) { line-height: 1.45; }
h1 { margin: 0 0 .5rem; font-size: clamp(1.75rem, 1.4rem + 1.8vw, 2.4rem); letter-spacing: -.01em; }
h1:is(:lang(bn), :lang(hi)) { letter-spacing: 0; }
h1 + :is(.cards, form) { margin-top: 1.25rem; }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; }
h3 { margin: 1.25rem 0 .5rem; font-size: .9rem; font-weight: 600; color: var(--soft); }
p { margin: 0 0 1rem; text-wrap: pretty; }
a { color: var(--strong); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
b { font-weight: 650; }
fieldset { margin: 0 0 2rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin: 0 0 .5rem; font-size: 1.25rem; }
dl, dd, ol, .plain, .languages ul, .times { margin: 0; padding: 0; list-style: none; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; border-radius: 6px; }
[tabindex="-1"]:focus { outline: none; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 3rem; padding: .6rem 1.6rem; border: 1.5px solid var(--strong); border-radius: 99px; background: var(--strong); color: var(--on-strong); font: 600 1rem/1.3 var(--sans); text-align: center; text-decoration: none; cursor: pointer; transition: background .15s, border-color .15s; }
button:hover, .button:hover { background: var(--hover); border-color: var(--hover); }
button:focus-visible, .button:focus-visible { border-radius: 99px; }
.secondary { background: none; color: var(--strong); }
.secondary:hover { background: var(--tint); border-color: var(--strong); }
.danger { background: var(--bad); border-color: var(--bad); color: var(--paper); }
.danger:hover { background: var(--ink); border-color: var(--ink); }
.wide { width: 100%; }
.quiet { display: inline-flex; align-items: center; gap: .35rem; min-height: 2.75rem; color: var(--strong); text-decoration: none; font-weight: 550; }
.quiet:hover { text-decoration: underline; }
input, select, textarea { font: inherit; color: inherit; accent-color: var(--strong); }
input:is([type=text], [type=tel], [type=email], [type=date]), select, textarea { display: block; width: 100%; min-height: 3rem; padding: .6rem .9rem; border: 1.5px solid var(--edge); border-radius: 10px; background: var(--card); }
:is(input, select, textarea):focus-visible { outline-offset: 0; border-color: var(--strong); border-radius: 10px; }
textarea { resize: vertical; }
.icon { flex: none; }
.row { display: block; }
.fine, .hint, .optional { color: var(--soft); font-size: .9rem; }
.optional { font-weight: 400; }
.lead { color: var(--soft); font-size: 1.05rem; margin-bottom: 1.5rem; }
.name { font-weight: 600; }
.price { font-variant-numeric: tabular-nums; white-space: nowrap; }
.unseen, .aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -5rem; z-index: 2; padding: .75rem 1rem; background: var(--card); border-radius: 10px; }
.skip:focus { top: .5rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
