import type { Business } from '../../api.ts';
import { useVisitor } from '../visitor.ts';

/** In a window of its own: other people's pages may refuse to stand in a frame, as this one may. */
const Away = ({ href, label }: { href: string; label: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer">
    {label}
  </a>
);

const policyIn = ({ cancellationPolicy = {}, languages }: Business, language: keyof typeof cancellationPolicy) =>
  [language, ...languages].map((each) => ({ lang: each, text: cancellationPolicy[each] })).find(({ text }) => text);

/** Notices by which the business binds itself and its clients, at the foot of every page. */
export const Notices = ({ business }: { business: Business }) => {
  const { words, language } = useVisitor();
  const { privacyUrl, termsUrl } = business;
  const policy = policyIn(business, language);
  if (!policy && !privacyUrl && !termsUrl) return null;
  return (
    <footer class="foot fine">
      {policy && (
        <>
          <p>
            <strong>{words.notices.cancellation}</strong>
          </p>
          <p lang={policy.lang} dir="auto">
            {policy.text}
          </p>
        </>
      )}
      <p>
        {privacyUrl && <Away href={privacyUrl} label={words.notices.privacy} />}
        {termsUrl && <Away href={termsUrl} label={words.notices.terms} />}
      </p>
    </footer>
  );
};
