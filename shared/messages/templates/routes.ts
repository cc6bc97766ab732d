import type { Actor, Audit } from '../../audit/audit.ts';
import { messageTemplates, type OwnTemplate, templateId, templateSchema } from '../../business/catalogue.ts';
import type { Directory } from '../../business/directory.ts';
import type { CatalogueEditor, HeldCatalogue } from '../../business/editor.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { type Language, languages } from '../../platform/fields.ts';
import { versionMismatch } from '../../platform/http/problems.ts';
import { type Binding, bind, type RequestContext } from '../../platform/http/server.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { deleteTemplate, listTemplates, previewTemplate, putTemplate } from '../contract.ts';
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

/** Templates in the hands of the business. */
export const templateBindings = (deps: {
  editor: CatalogueEditor;
  catalogue: CatalogueReader;
  audit: Audit;
  now: Clock;
}): Binding[] => {
  const { editor, catalogue, audit, now } = deps;

  const record = ({ staff }: RequestContext, action: string, id: string, version: number) => {
    const actor: Actor = { id: staff?.id ?? 'staff', roles: staff?.roles ?? [] };
    return audit.parts(actor, { at: now(), action, subject: `template/${id}`, details: { version: String(version) } });
  };

  return [
    bind(listTemplates, async () => {
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
    }),

    bind(putTemplate, ({ params: { template, language }, body, ifMatch, context }) => {
      mustParse(template, body);
      const value = templateSchema.parse({ id: templateId(template, language), template, language, ...body });
      return editor.change((held) => {
        const { id, version } = heldText(held, template, language);
        if (String(version) !== ifMatch) throw versionMismatch(version);
        return {
          write: { kind: 'templates', id, value },
          parts: record(context, 'template.changed', id, version + 1),
          result: answerOf(template, language, value, version + 1),
        };
      });
    }),

    bind(deleteTemplate, ({ params: { template, language }, ifMatch, context }) =>
      editor.change((held) => {
        const { id, own, version } = heldText(held, template, language);
        if (String(version) !== ifMatch) throw versionMismatch(version);
        return {
          write: own && { kind: 'templates', id, removed: true },
          parts: record(context, 'template.removed', id, version),
          result: answerOf(template, language, undefined, 0),
        };
      }),
    ),

    bind(previewTemplate, async ({ body: { template, language, ...text } }) => {
      const directory: Directory = await catalogue.recent();
      return previewOf(directory, mustParse(template, text), language, now());
    }),
  ];
};
