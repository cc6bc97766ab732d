import * as z from 'zod';
import { language, paragraph, requiredLine } from '../../platform/fields.ts';
import { touchpointTemplates } from './journey.ts';

/** Every text that a business may put its own in place of. */
export const messageTemplates = [...touchpointTemplates, 'waiting-joined', 'waiting-offer', 'low-score'] as const;

/** Answers to what a client texted; carriers prescribe what they say, so nobody edits them. */
export const replyTemplates = ['text-stopped', 'text-resumed', 'text-help'] as const;

const text = (max: number) => paragraph(max).pipe(z.string().min(1, 'must not be empty'));

/** The business's own words in place of the standard ones, in one language. */
export const templateSchema = z
  .object({
    /** `<template>.<language>` */
    id: z.string().max(60),
    template: z.enum(messageTemplates),
    language,
    /** Plain text with `{{placeholder}}`, as `shared/messages/templates` explains. */
    subject: requiredLine(200),
    email: text(10_000),
    sms: text(1_000),
  })
  .refine(({ id, template, language }) => id === templateId(template, language), {
    path: ['id'],
    error: 'must be the template and the language, as reminder.en',
  });
export type OwnTemplate = z.output<typeof templateSchema>;

export const templateId = (template: (typeof messageTemplates)[number], language: string): string =>
  `${template}.${language}`;
