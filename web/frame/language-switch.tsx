import type { Language } from '../../shared/platform/fields.ts';
import { entryForm, type Here, href } from './address.ts';
import { Icon } from './parts/icon.tsx';
import { useVisitor } from './visitor.ts';

/** Each in its own words: who looks for a language may read no other. */
const ownNames: Record<Language, string> = { en: 'English', bn: 'বাংলা', hi: 'हिन्दी', ru: 'Русский' };

/** The page in a language; where the page holds a form, with what has been typed into it. */
const To = ({ here, language, isCurrent }: { here: Here; language: Language; isCurrent: boolean }) => {
  const shown = { lang: language, 'aria-current': isCurrent ? ('true' as const) : undefined };
  if (here.hasEntry)
    return (
      <button
        {...shown}
        type="submit"
        form={entryForm}
        formaction="/book/change"
        formtarget="_self"
        formnovalidate
        name="language"
        value={language}
        class="link"
      >
        {ownNames[language]}
      </button>
    );
  const kept = (here.params ?? []).filter(([name]) => name !== 'lang');
  return (
    <a {...shown} href={href(here.path, [...kept, ['lang', language]])}>
      {ownNames[language]}
    </a>
  );
};

export const LanguageSwitch = ({ here }: { here: Here }) => {
  const { language, languages, words } = useVisitor();
  if (languages.length < 2) return null;
  return (
    <nav class="languages" aria-label={words.languageSwitch}>
      <details>
        <summary>
          <Icon name="globe" />
          <span lang={language}>{ownNames[language]}</span>
        </summary>
        <ul>
          {languages.map((each) => (
            <li key={each}>
              <To here={here} language={each} isCurrent={each === language} />
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
};
