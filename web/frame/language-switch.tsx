import type { Language } from '../../shared/platform/fields.ts';
import { type Here, href } from './address.ts';
import { useVisitor } from './visitor.ts';

/** Each in its own words: who looks for a language may read no other. */
const ownNames: Record<Language, string> = { en: 'English', bn: 'বাংলা', hi: 'हिन्दी', ru: 'Русский' };

export const LanguageSwitch = ({ here }: { here: Here }) => {
  const { language, languages, words } = useVisitor();
  if (languages.length < 2) return null;
  const kept = (here.params ?? []).filter(([name]) => name !== 'lang');
  return (
    <nav class="languages" aria-label={words.languageSwitch}>
      <ul>
        {languages.map((each) => (
          <li key={each}>
            <a
              href={href(here.path, [...kept, ['lang', each]])}
              lang={each}
              hreflang={each}
              aria-current={each === language ? 'true' : undefined}
            >
              {ownNames[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};
