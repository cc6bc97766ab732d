/** Colours and measures. A business changes its look by `--accent` alone: tints and states are mixed from it. */
export const tokens = `
:root {
  color-scheme: light dark;
  --accent: #8a3d50;
  --strong: var(--accent);
  --on-strong: #fffaf7;
  --hover: color-mix(in oklab, var(--accent) 85%, #000);
  --paper: #fbf6f1;
  --card: #fffdfb;
  --ink: #2c2226;
  --soft: #675a5d;
  --line: #e7dbd2;
  --edge: #8c7f7e;
  --tint: color-mix(in oklab, var(--accent) 8%, var(--card));
  --good: #2c6449;
  --good-tint: #e9f2ea;
  --bad: #a1271f;
  --bad-tint: #fbebe6;
  --star: #b7791f;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Noto Serif", Georgia, "Noto Serif Bengali", "Noto Serif Devanagari", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Bengali", "Noto Sans Devanagari", sans-serif;
  --shade: 0 1px 2px #3b20281a, 0 6px 24px -12px #3b202840;
  --round: 14px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --strong: color-mix(in oklab, var(--accent) 45%, #ffe9e4);
    --on-strong: #22161a;
    --hover: color-mix(in oklab, var(--accent) 25%, #ffefe9);
    --paper: #1a1416;
    --card: #241c1f;
    --ink: #f5ece8;
    --soft: #bfb0af;
    --line: #3c3135;
    --edge: #8f8082;
    --tint: color-mix(in oklab, var(--accent) 28%, var(--card));
    --good: #8fd0ac;
    --good-tint: #1e2c25;
    --bad: #ffaa9c;
    --bad-tint: #381f1d;
    --star: #e9b44c;
    --shade: 0 0 0 1px #3c3135;
  }
}`;
