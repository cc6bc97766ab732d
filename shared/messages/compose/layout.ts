import type { Language } from '../../platform/fields.ts';

/** The parts of a mail, their content already HTML and escaped. */
export type Block =
  | { kind: 'paragraph'; html: string }
  /** Several short lines that belong together; the first stands out. */
  | { kind: 'details'; lines: readonly string[] }
  | { kind: 'button'; label: string; href: string }
  | { kind: 'footer'; html: string };

const fonts =
  "-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Bengali','Noto Sans Devanagari',Helvetica,Arial,sans-serif";
const text = `font-family:${fonts};font-size:17px;line-height:1.6;`;

/** Colours meet 4.5:1 in both schemes; mail programs that ignore the style element show the light one. */
const darkStyles = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#161513!important}
.sheet{background:#211f1c!important;border-color:#38342f!important}
.ink,.ink a{color:#f3efe9!important}
.soft,.soft a{color:#b9b2a8!important}
.details{background:#2a2723!important;border-color:#79b8a0!important}
}
@media (max-width:480px){.sheet{padding:24px 20px 4px!important}.press a{display:block!important}}`;

/** Style of links inside a text. */
export const linkStyle = 'color:#1d5b49;text-decoration:underline;word-break:break-word';

const blockHtml = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return `<p class="ink" style="margin:0 0 18px;${text}color:#24211d">${block.html}</p>`;
    case 'details': {
      const [first, ...rest] = block.lines;
      const lines = [`<strong>${first ?? ''}</strong>`, ...rest].join('<br>\n');
      return `<div class="details ink" style="margin:0 0 22px;padding:14px 18px;background:#f3f0ea;border-left:4px solid #1d5b49;border-radius:6px;${text}color:#24211d">${lines}</div>`;
    }
    case 'button':
      return `<table role="presentation" class="press" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 22px"><tr><td bgcolor="#1d5b49" style="border-radius:8px;text-align:center"><a href="${block.href}" style="display:inline-block;padding:14px 26px;border-radius:8px;background:#1d5b49;font-family:${fonts};font-size:17px;line-height:1.3;font-weight:600;color:#ffffff;text-decoration:none">${block.label}</a></td></tr></table>`;
    case 'footer':
      return `<p class="soft" style="margin:20px 8px 0;font-family:${fonts};font-size:14px;line-height:1.6;color:#5f574d">${block.html}</p>`;
  }
};

/**
 * The one layout of every mail: a sheet of at most 560 px that fits a phone, tables only where mail programs need
 * them, styles inline, nothing fetched from anywhere. All four languages are written from left to right.
 */
export const mailPage = (page: {
  language: Language;
  /** Escaped; the heading of the mail. */
  title: string;
  /** Escaped; the name of the business. */
  brand: string;
  blocks: readonly Block[];
}): string => {
  const body = page.blocks.filter((block) => block.kind !== 'footer').map(blockHtml);
  const footers = page.blocks.filter((block) => block.kind === 'footer').map(blockHtml);
  return `<!doctype html>
<html lang="${page.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${page.title}</title>
<style>${darkStyles}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f0ea">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f0ea"><tr><td align="center" style="padding:28px 12px">
<main lang="${page.language}" dir="ltr" style="display:block;max-width:560px;margin:0 auto;text-align:left">
<p class="soft" style="margin:0 8px 12px;font-family:${fonts};font-size:15px;font-weight:600;letter-spacing:.02em;color:#5f574d"><bdi>${page.brand}</bdi></p>
<div class="sheet" style="padding:32px 34px 14px;background:#ffffff;border:1px solid #e4ded4;border-radius:12px">
<h1 class="ink" style="margin:0 0 18px;font-family:${fonts};font-size:24px;line-height:1.35;font-weight:700;color:#24211d">${page.title}</h1>
${body.join('\n')}
</div>
${footers.join('\n')}
</main>
</td></tr></table>
</body>
</html>
`;
};
