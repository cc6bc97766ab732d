import type { TemplateSet } from '../placeholders.ts';

/** Names stand after a colon or in «quotes»: they can't be declined. */
const details = `Когда: {{when}}
{{services}}
Специалист: {{staff}}
{{location}}, {{address}}
Телефон: {{phone}}`;

const footer = `--
{{business}}
Вы получили это письмо, потому что записаны к нам.`;

/** Texts are UCS-2, 67 characters a part: they say the least that is polite. */
export const ru: TemplateSet = {
  confirmation: {
    subject: 'Вы записаны: {{when}}',
    email: `Здравствуйте, {{firstName}}!

Вы записаны в «{{business}}».

${details}

{{repeats}}

{{confirmBy}}

Посмотреть, перенести или отменить: {{link}}

Да, присылайте новости и предложения: {{newsLink}}

${footer}`,
    sms: '{{business}}: вы записаны на {{whenShort}}. Посмотреть или изменить: {{link}}\n{{confirmBy}}\n{{repeats}}\nНовости и предложения: {{newsLink}}',
  },
  reminder: {
    subject: 'Напоминание: {{when}}',
    email: `Здравствуйте, {{firstName}}!

Напоминаем о вашей записи в «{{business}}».

${details}

{{confirmBy}}

Подтвердить или изменить: {{link}}

Если вы не сможете прийти, пожалуйста, сообщите нам заранее.

${footer}`,
    sms: '{{business}}: напоминаем о записи: {{whenShort}}. Подтвердить или изменить: {{link}}\n{{confirmBy}}',
  },
  moved: {
    subject: 'Новое время записи: {{when}}',
    email: `Здравствуйте, {{firstName}}!

Ваша запись в «{{business}}» перенесена на новое время.

${details}

{{repeats}}

{{confirmBy}}

Посмотреть, перенести или отменить: {{link}}

${footer}`,
    sms: '{{business}}: новое время вашей записи: {{whenShort}}. Посмотреть или изменить: {{link}}\n{{confirmBy}}\n{{repeats}}',
  },
  cancelled: {
    subject: 'Запись отменена: {{when}}',
    email: `Здравствуйте, {{firstName}}!

Эта запись в «{{business}}» отменена. Вам ничего не нужно делать.

${details}

{{repeats}}

Выбрать другое время: {{bookLink}}

--
{{business}}
Вы получили это письмо, потому что были записаны к нам.`,
    sms: '{{business}}: ваша запись ({{whenShort}}) отменена. Выбрать другое время: {{bookLink}}\n{{repeats}}',
  },
  'review-request': {
    subject: '{{business}}: как прошёл ваш визит?',
    email: `Здравствуйте, {{firstName}}!

Спасибо за ваш визит {{date}}. Расскажите, пожалуйста, как всё прошло: это займёт меньше минуты.

{{services}}
Специалист: {{staff}}
{{location}}

Оставить отзыв: {{reviewLink}}

Мы читаем все отзывы, и хорошие, и плохие.

--
{{business}}
Вы получили это письмо, потому что были у нас.`,
    sms: '{{business}}: спасибо за визит! Как всё прошло? Оставить отзыв: {{reviewLink}}',
  },
  'come-back': {
    subject: '{{business}}: не пора ли записаться снова?',
    email: `Здравствуйте, {{firstName}}!

Ваш прошлый визит был {{date}} ({{services}}). Если хотите прийти снова, выберите удобное время.

Выбрать время: {{bookLink}}

--
{{business}}
{{location}}, {{address}}
{{phone}}
Вы получили это приглашение, потому что согласились получать от нас сообщения.
Отписаться: {{unsubscribeLink}}`,
    sms: '{{business}}: не пора ли записаться снова? Запись: {{bookLink}} Отписаться: {{unsubscribeLink}}',
  },
  'waiting-joined': {
    subject: 'Вы в листе ожидания',
    email: `Здравствуйте, {{firstName}}!

Вы в листе ожидания «{{business}}»:

{{services}}
{{days}}
{{location}}, {{address}}
Телефон: {{phone}}

{{askProof}}

Посмотреть или выйти из листа: {{waitingLink}}

--
{{business}}
Вы получили это письмо, потому что этот адрес указали для листа ожидания. Если это были не вы, ничего делать не нужно.`,
    sms: '{{business}}: вы в листе ожидания, {{days}}: {{waitingLink}}\n{{askProof}}',
  },
  'waiting-offer': {
    subject: 'Освободилось время: {{when}}',
    email: `Здравствуйте, {{firstName}}!

Вы в нашем листе ожидания, и это время освободилось:

${details}

Мы держим его для вас до {{until}}. Потом предложим следующему в очереди.

Занять это время: {{offerLink}}

--
{{business}}
Вы получили это письмо, потому что просили сообщить о свободном времени.`,
    sms: '{{business}}: свободно {{whenShort}}. Ваше до {{until}}: {{offerLink}}',
  },
  'low-score': {
    subject: '{{location}}: оценка {{score}} из 5',
    email: `Клиент поставил низкую оценку.

Оценка: {{score}} из 5
Клиент: {{clientName}}
Телефон: {{clientPhone}}
Эл. почта: {{clientEmail}}
Визит: {{when}}, {{location}}
{{services}}; специалист: {{staff}}

{{words}}

--
{{business}}`,
    sms: '{{business}}, {{location}}: {{clientName}}, оценка {{score}} из 5 ({{staff}}, {{whenShort}}).',
  },
};
