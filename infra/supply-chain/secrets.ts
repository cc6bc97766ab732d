/** Secrets by their form. Each has a prefix or a frame of its own, so that nothing else looks like it. */
const forms: Readonly<Record<string, RegExp>> = {
  'the id of an AWS access key': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  'an AWS secret access key': /aws_?secret_?(?:access_?)?key\W{1,6}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  'a token of GitHub': /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})\b/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of Slack': /\bxox[abeoprs]-[\w-]{20,}/,
  'a key of Stripe': /\b[rs]k_live_[A-Za-z0-9]{20,}\b/,
  'a key of Google': /\bAIza[\w-]{35}\b/,
  'a key of Twilio or SendGrid': /\b(?:SK[0-9a-f]{32}|SG\.[\w-]{22}\.[\w-]{43})\b/,
  'a signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/,
  'a password in an address':
    /\b(?:smtps?|imaps?|https?|postgres(?:ql)?|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^\s:/@'"`]+:[^\s/@'"`${]{3,}@/,
  'a password of a mailbox':
    /\b(?:smtp|imap|mail|e-?mail|mailbox)_?pass(?:word|wd)?['"]?\s*[:=]\s*['"]?[^\s'"`${<]{8,}/i,
};

export interface Found {
  line: number;
  /** The kind of secret; never the secret itself. */
  what: string;
}

/** Examples of AWS's own documents end so. */
const isExample = (match: string): boolean => match.endsWith('EXAMPLE') || match.endsWith('EXAMPLEKEY');

/** Finds the lines of a text that look like a secret. */
export const secretsIn = (text: string): Found[] =>
  text.split('\n').flatMap((line, index) =>
    Object.entries(forms).flatMap(([what, form]) => {
      const [match] = form.exec(line) ?? [];
      return match === undefined || isExample(match) ? [] : [{ line: index + 1, what }];
    }),
  );
