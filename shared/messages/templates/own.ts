import type { Actor, Audit } from '../../audit/audit.ts';
import { messageTemplates, type OwnTemplate, templateId, templateSchema } from '../../business/catalogue.ts';
import type { CatalogueEditor, HeldCatalogue } from '../../business/editor.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { type Language, languages } from '../../platform/fields.ts';
import { versionMismatch } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { allowedIn, type MessageTemplate, placeholders, requiredIn } from './placeholders.ts';
import { previewOf } from './preview.ts';
import { mustParse, parseOwn } from './resolve.ts';
import { standardTemplates } from './standard/index.ts';

const placeholdersOf = (template: MessageTemplate) =>
  allowedIn[template].map((name) => ({
    name,
    about: placeholders[name].about,
    optional: 'optional' in placeholders[name],
    required: requiredIn[template]?.includes(name) ?? false,
  }));

const answerOf = (template: MessageTemplate, language: Language, own: OwnTemplate | undefined, version: number) => {
  const { subject, email, sms } = own ?? standardTemplates[language][template];
  const usable = !own || parseOwn(own) !== undefined;
  return { template, language, subject, email, sms, own: own !== undefined, usable, version };
};

const heldText = ({ catalogue, versionOf }: HeldCatalogue, template: MessageTemplate, language: Language) => {
  const id = templateId(template, language);
  return { id, own: catalogue.templates.find((row) => row.id === id), version: versionOf('templates', id) };
};

type Words = Pick<OwnTemplate, 'subject' | 'email' | 'sms'>;

/** Own words of the business, where it has any, in place of the standard ones. */
export const createOwnTemplates = (deps: {
  editor: CatalogueEditor;
  catalogue: Pick<CatalogueReader, 'recent'>;
  audit: Pick<Audit, 'writes'>;
  now: Clock;
}) => {
  const { editor, catalogue, audit, now } = deps;

  const record = (by: Actor, action: string, id: string, version: number) =>
    audit.writes(by, { at: now(), action, subject: `template/${id}`, details: { version: String(version) } });

  return {
    /** All of them in all languages, with what may stand in them. */
    async list() {
      const held = await editor.load();
      return {
        templates: messageTemplates.map((template) => ({
          template,
          placeholders: placeholdersOf(template),
          texts: languages.map((language) => {
            const { own, version } = heldText(held, template, language);
            return answerOf(template, language, own, version);
          }),
        })),
      };
    },

    /** Throws version_mismatch, and what the words lack. */
    put(by: Actor, template: MessageTemplate, language: Language, words: Words, ifMatch: string | undefined) {
      mustParse(template, words);
      const value = templateSchema.parse({ id: templateId(template, language), template, language, ...words });
      return editor.change((held) => {
        const { id, version } = heldText(held, template, language);
        if (String(version) !== ifMatch) throw versionMismatch(version);
        return {
          write: { kind: 'templates', id, value },
          writes: record(by, 'template.changed', id, version + 1),
          result: answerOf(template, language, value, version + 1),
        };
      });
    },

    /** Back to the standard words. Throws version_mismatch. */
    remove: (by: Actor, template: MessageTemplate, language: Language, ifMatch: string | undefined) =>
      editor.change((held) => {
        const { id, own, version } = heldText(held, template, language);
        if (String(version) !== ifMatch) throw versionMismatch(version);
        return {
          write: own && { kind: 'templates', id, removed: true },
          writes: record(by, 'template.removed', id, version),
          result: answerOf(template, language, undefined, 0),
        };
      }),

    /** Renders a message with these words. Throws what they lack. */
    preview: async (template: MessageTemplate, language: Language, words: Words) =>
      previewOf(await catalogue.recent(), mustParse(template, words), language, now()),
  };
};
