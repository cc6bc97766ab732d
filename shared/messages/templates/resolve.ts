import { type messageTemplates, type OwnTemplate, templateId } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Language } from '../../platform/fields.ts';
import { unprocessable } from '../../platform/http/problems.ts';
import { memoByKey, memoByObject } from '../../platform/memo.ts';
import { allowedIn, type Placeholder, type TemplateText } from './placeholders.ts';
import { type ParsedTemplate, parseTemplate, TemplateFault } from './render.ts';
import { standardTemplate } from './standard/index.ts';

type TemplateName = (typeof messageTemplates)[number];

const ownTemplate = ({ templates }: Pick<CatalogueIndex, 'templates'>, name: TemplateName, language: Language) =>
  templates.find(({ id }) => id === templateId(name, language));

/** Does what `parseTemplate` does; undefined for own words that became unfit, since a release can take a placeholder away. */
export const parseOwn = ({ template, ...text }: OwnTemplate): ParsedTemplate | undefined => {
  try {
    return parseTemplate(template, text);
  } catch (error) {
    if (error instanceof TemplateFault) return undefined;
    throw error;
  }
};

/** Does what `parseTemplate` does, for words that somebody wants to save. Throws unprocessable that names the part and what is known. */
export const mustParse = (name: TemplateName, text: TemplateText): ParsedTemplate => {
  try {
    return parseTemplate(name, text);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    const message = error.message.slice(error.part.length + 2);
    throw unprocessable(
      error.part,
      message,
      allowedIn[name].map((placeholder) => `{{${placeholder}}}`),
    );
  }
};

const beforeFooter = /(\r?\n-- *\r?\n[\s\S]*)?$/;

const withSentence = (own: OwnTemplate, name: Placeholder): OwnTemplate => {
  if (!allowedIn[own.template].includes(name)) return own;
  const { email, sms } = own;
  const has = (text: string) => new RegExp(`\\{\\{ *${name} *\\}\\}`).test(text);
  return {
    ...own,
    email: has(email) ? email : email.trimEnd().replace(beforeFooter, `\n\n{{${name}}}\n$1`),
    sms: has(sms) ? sms : `${sms.trimEnd()}\n{{${name}}}`,
  };
};

const sentences = ['repeats', 'confirmBy', 'askProof'] as const;

/**
 * Puts in the sentences that must not be lost, each there only where it applies: that the message speaks for a whole series, since who
 * reads of one date alone comes on all the others; that the time is given away if the client doesn't confirm; and that
 * who waits has to prove the address. Own words that have no place for them get them at the end, before the footer.
 */
const withSentences = (own: OwnTemplate): OwnTemplate => sentences.reduce(withSentence, own);

/** Finds the active template of a message: the business's own words, else the standard ones. */
export type ResolveTemplate = (
  catalogueIndex: CatalogueIndex,
  name: TemplateName,
  language: Language,
) => ParsedTemplate;

/** Parses each text once for each revision of the catalogue. `onUnfit` hears, as often, of own words that can't be used. */
export const createTemplateResolver = (onUnfit: (id: string) => void = () => {}): ResolveTemplate => {
  const parsed = memoByObject((catalogueIndex: CatalogueIndex) =>
    memoByKey((language: Language) =>
      memoByKey((name: TemplateName) => {
        const own = ownTemplate(catalogueIndex, name, language);
        const usable = own && parseOwn(withSentences(own));
        if (own && !usable) onUnfit(templateId(name, language));
        return usable ?? standardTemplate(name, language);
      }),
    ),
  );
  return (catalogueIndex, name, language) => parsed(catalogueIndex)(language)(name);
};
