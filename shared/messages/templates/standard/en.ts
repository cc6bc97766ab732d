import type { TemplateSet } from '../placeholders.ts';

const details = `{{when}}
{{services}}
With {{staff}}
{{location}}, {{address}}
Phone: {{phone}}`;

const footer = `--
{{business}}
You are receiving this because you have an appointment with us.`;

/** Texts to clients stay within GSM-7, so that a part holds 153 characters and not 67. */
export const en: TemplateSet = {
  confirmation: {
    subject: 'You are booked: {{when}}',
    email: `Hello {{firstName}},

Your appointment at {{business}} is booked.

${details}

{{repeats}}

{{confirmBy}}

View, reschedule or cancel: {{link}}

Yes, send me news and offers: {{newsLink}}

${footer}`,
    sms: '{{business}}: you are booked for {{whenShort}}, {{services}}. View, reschedule or cancel: {{link}}\n{{confirmBy}}\n{{repeats}}\nWant our news and offers? Say yes: {{newsLink}}',
  },
  reminder: {
    subject: 'Reminder: {{when}}',
    email: `Hello {{firstName}},

This is a reminder of your appointment at {{business}}.

${details}

{{confirmBy}}

Confirm or make a change: {{link}}

If you can't make it, please tell us as early as you can.

${footer}`,
    sms: '{{business}}: reminder: {{whenShort}}, {{services}}, {{location}}. Confirm or change: {{link}}\n{{confirmBy}}',
  },
  moved: {
    subject: 'Your new time: {{when}}',
    email: `Hello {{firstName}},

Your appointment at {{business}} has been moved. This is the new time:

${details}

{{repeats}}

{{confirmBy}}

View, reschedule or cancel: {{link}}

${footer}`,
    sms: '{{business}}: your appointment has been moved to {{whenShort}}, {{services}}. View or change: {{link}}\n{{confirmBy}}\n{{repeats}}',
  },
  cancelled: {
    subject: 'Cancelled: {{when}}',
    email: `Hello {{firstName}},

This appointment at {{business}} has been cancelled. You do not need to do anything.

${details}

{{repeats}}

Choose another time: {{bookLink}}

--
{{business}}
You are receiving this because you had an appointment with us.`,
    sms: '{{business}}: your appointment on {{whenShort}} has been cancelled. To choose another time: {{bookLink}}\n{{repeats}}',
  },
  'review-request': {
    subject: 'How was your visit to {{business}}?',
    email: `Hello {{firstName}},

Thank you for your visit on {{date}}. Would you tell us how it was? It takes less than a minute.

{{services}}
With {{staff}}
{{location}}

Leave a review: {{reviewLink}}

We read every review, good or bad.

--
{{business}}
You are receiving this because you visited us.`,
    sms: '{{business}}: thank you for your visit on {{date}}. How was it? Tell us here: {{reviewLink}}',
  },
  'come-back': {
    subject: 'Time for your next visit to {{business}}?',
    email: `Hello {{firstName}},

Your last visit was on {{date}} ({{services}}). If you would like to come again, choose a time that suits you.

Choose a time: {{bookLink}}

--
{{business}}
{{location}}, {{address}}
{{phone}}
You are receiving this invitation because you agreed to hear from us.
Unsubscribe: {{unsubscribeLink}}`,
    sms: '{{business}}: time for your next visit? Book: {{bookLink}} To stop: {{unsubscribeLink}}',
  },
  'waiting-joined': {
    subject: 'You are on our waiting list',
    email: `Hello {{firstName}},

You are on the waiting list of {{business}}:

{{services}}
{{days}}
{{location}}, {{address}}
Phone: {{phone}}

{{askProof}}

See or leave your place on the list: {{waitingLink}}

--
{{business}}
You are receiving this because this address was entered for our waiting list. If that was not you, you need do nothing.`,
    sms: '{{business}}: you are on our waiting list, {{services}}, {{days}}. See or leave: {{waitingLink}}\n{{askProof}}',
  },
  'waiting-offer': {
    subject: 'A time has opened up: {{when}}',
    email: `Hello {{firstName}},

You are on our waiting list, and this time has opened up:

${details}

We are keeping it for you until {{until}}. After that it is offered to the next person.

Take this time: {{offerLink}}

--
{{business}}
You are receiving this because you joined our waiting list.`,
    sms: '{{business}}: {{whenShort}} is free, {{services}}. Yours until {{until}}: {{offerLink}}',
  },
  'low-score': {
    subject: '{{score}}-star review at {{location}} from {{clientName}}',
    email: `A client has given a low score.

Score: {{score}} out of 5
Client: {{clientName}}
Phone: {{clientPhone}}
Email: {{clientEmail}}
Visit: {{when}}, {{location}}
{{services}}, with {{staff}}

{{words}}

--
{{business}}`,
    sms: '{{business}}, {{location}}: {{clientName}} gave {{score}} out of 5 ({{services}}, {{staff}}, {{whenShort}}).',
  },
};
