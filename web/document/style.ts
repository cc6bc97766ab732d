/** The look of the API's document; it is one file of its own. */
export const css = `
:root {
  color-scheme: light dark;
  --ink: #1d2a26;
  --soft: #5a6a64;
  --line: #d9e0dc;
  --paper: #fbfaf7;
  --card: #fff;
  --accent: #1f6b57;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eeeb;
    --soft: #a3b3ac;
    --line: #33413b;
    --paper: #141a18;
    --card: #1b2320;
    --accent: #7fd1b5;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font:
    16px / 1.55 system-ui,
    sans-serif;
}
main {
  max-width: 60rem;
  margin: 0 auto;
  padding: 2rem 1.25rem 5rem;
}
h1 {
  font-size: 2rem;
  margin: 0 0 0.5rem;
}
h2 {
  margin: 3rem 0 1rem;
  font-size: 1.25rem;
  text-transform: capitalize;
  border-bottom: 1px solid var(--line);
  padding-bottom: 0.4rem;
}
details {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 10px;
  margin: 0.6rem 0;
}
summary {
  cursor: pointer;
  padding: 0.75rem 1rem;
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 0.75rem;
  align-items: baseline;
}
summary:focus-visible,
a:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
  border-radius: 6px;
}
.method {
  font:
    600 0.8rem ui-monospace,
    monospace;
  color: var(--accent);
  min-width: 3.2rem;
}
.path {
  font:
    0.9rem ui-monospace,
    monospace;
  overflow-wrap: anywhere;
}
.about {
  color: var(--soft);
}
[hidden] {
  display: none;
}
input {
  font: inherit;
  color: inherit;
  background: var(--card);
  border: 1px solid var(--soft);
  border-radius: 8px;
  padding: 0.4rem 0.75rem;
  min-width: min(24rem, 100%);
}
input:focus-visible,
pre:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
.start h2 {
  text-transform: none;
}
.schema summary {
  font-size: 0.9rem;
}
.schema pre {
  margin: 0 1rem 1rem;
}
.inside {
  padding: 0 1rem 1rem;
}
h3 {
  font-size: 0.95rem;
  margin: 1rem 0 0.25rem;
}
pre {
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: 8px;
  padding: 0.75rem;
  overflow-x: auto;
  font-size: 0.8rem;
}
table {
  border-collapse: collapse;
  width: 100%;
  font-size: 0.9rem;
}
th,
td {
  text-align: left;
  vertical-align: top;
  padding: 0.35rem 0.75rem 0.35rem 0;
  border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere;
}
code {
  font-family: ui-monospace, monospace;
  font-size: 0.9em;
}
a {
  color: var(--accent);
}
`;
