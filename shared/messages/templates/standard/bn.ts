import type { TemplateSet } from '../placeholders.ts';

const details = `{{when}}
{{services}}
সেবা দেবেন: {{staff}}
{{location}}, {{address}}
ফোন: {{phone}}`;

const footer = `--
{{business}}
আমাদের এখানে আপনার অ্যাপয়েন্টমেন্ট আছে বলে এই বার্তা পাঠানো হয়েছে।`;

/** Texts are UCS-2, 67 characters a part: they say the least that is polite. */
export const bn: TemplateSet = {
  confirmation: {
    subject: 'বুকিং সম্পন্ন: {{when}}',
    email: `প্রিয় {{firstName}},

{{business}}: আপনার অ্যাপয়েন্টমেন্ট বুক হয়েছে।

${details}

{{repeats}}

{{confirmBy}}

দেখুন, সময় বদলান বা বাতিল করুন: {{link}}

হ্যাঁ, খবর ও অফার পাঠান: {{newsLink}}

${footer}`,
    sms: '{{business}}: আপনার বুকিং {{whenShort}}। দেখুন বা বদলান: {{link}}\n{{confirmBy}}\n{{repeats}}\nখবর ও অফার চান? {{newsLink}}',
  },
  reminder: {
    subject: 'মনে করিয়ে দিচ্ছি: {{when}}',
    email: `প্রিয় {{firstName}},

{{business}}: আপনার অ্যাপয়েন্টমেন্টের কথা মনে করিয়ে দিচ্ছি।

${details}

{{confirmBy}}

আসবেন কি না নিশ্চিত করুন, অথবা সময় বদলান: {{link}}

আসতে না পারলে দয়া করে আগেই জানাবেন।

${footer}`,
    sms: '{{business}}: আপনার অ্যাপয়েন্টমেন্ট {{whenShort}}। নিশ্চিত করুন বা বদলান: {{link}}\n{{confirmBy}}',
  },
  moved: {
    subject: 'আপনার নতুন সময়: {{when}}',
    email: `প্রিয় {{firstName}},

{{business}}: আপনার অ্যাপয়েন্টমেন্টের সময় বদলেছে। নতুন সময়:

${details}

{{repeats}}

{{confirmBy}}

দেখুন, সময় বদলান বা বাতিল করুন: {{link}}

${footer}`,
    sms: '{{business}}: আপনার নতুন সময় {{whenShort}}। দেখুন বা বদলান: {{link}}\n{{confirmBy}}\n{{repeats}}',
  },
  cancelled: {
    subject: 'অ্যাপয়েন্টমেন্ট বাতিল: {{when}}',
    email: `প্রিয় {{firstName}},

{{business}}: আপনার এই অ্যাপয়েন্টমেন্টটি বাতিল হয়েছে। আপনাকে আর কিছু করতে হবে না।

${details}

{{repeats}}

অন্য সময় বেছে নিন: {{bookLink}}

--
{{business}}
আমাদের এখানে আপনার অ্যাপয়েন্টমেন্ট ছিল বলে এই বার্তা পাঠানো হয়েছে।`,
    sms: '{{business}}: আপনার অ্যাপয়েন্টমেন্ট ({{whenShort}}) বাতিল হয়েছে। অন্য সময়: {{bookLink}}\n{{repeats}}',
  },
  'review-request': {
    subject: '{{business}}: আপনার অভিজ্ঞতা কেমন ছিল?',
    email: `প্রিয় {{firstName}},

{{date}} আমাদের এখানে আসার জন্য ধন্যবাদ। কেমন লাগল, জানাবেন কি? এক মিনিটও লাগবে না।

{{services}}
সেবা দিয়েছেন: {{staff}}
{{location}}

মতামত দিন: {{reviewLink}}

ভালো হোক বা মন্দ, প্রতিটি মতামত আমরা পড়ি।

--
{{business}}
আপনি আমাদের এখানে এসেছিলেন বলে এই বার্তা পাঠানো হয়েছে।`,
    sms: '{{business}}: আসার জন্য ধন্যবাদ। কেমন লাগল, জানাবেন কি? {{reviewLink}}',
  },
  'come-back': {
    subject: '{{business}}: আবার আসার সময় হলো?',
    email: `প্রিয় {{firstName}},

আপনি শেষবার এসেছিলেন {{date}} ({{services}})। আবার আসতে চাইলে সুবিধামতো একটি সময় বেছে নিন।

সময় বেছে নিন: {{bookLink}}

--
{{business}}
{{location}}, {{address}}
{{phone}}
আমাদের বার্তা পেতে আপনি সম্মতি দিয়েছিলেন বলে এই আমন্ত্রণ পাঠানো হয়েছে।
এমন বার্তা আর পেতে না চাইলে: {{unsubscribeLink}}`,
    sms: '{{business}}: আবার আসার সময় হলো? বুকিং: {{bookLink}} বার্তা বন্ধ: {{unsubscribeLink}}',
  },
  'waiting-joined': {
    subject: 'আপনি আমাদের অপেক্ষমাণ তালিকায় আছেন',
    email: `প্রিয় {{firstName}},

{{business}}: আপনি আমাদের অপেক্ষমাণ তালিকায় আছেন।

{{services}}
{{days}}
{{location}}, {{address}}
ফোন: {{phone}}

{{askProof}}

তালিকায় আপনার নাম দেখুন বা তুলে নিন: {{waitingLink}}

--
{{business}}
আমাদের অপেক্ষমাণ তালিকার জন্য এই ঠিকানাটি দেওয়া হয়েছিল বলে এই বার্তা পাঠানো হয়েছে। আপনি না দিয়ে থাকলে কিছুই করতে হবে না।`,
    sms: '{{business}}: আপনি অপেক্ষমাণ তালিকায় আছেন, {{days}}: {{waitingLink}}\n{{askProof}}',
  },
  'waiting-offer': {
    subject: 'একটি সময় খালি হয়েছে: {{when}}',
    email: `প্রিয় {{firstName}},

আপনি আমাদের অপেক্ষমাণ তালিকায় আছেন। এই সময়টি এখন খালি হয়েছে:

${details}

সময়টি আপনার জন্য রাখা থাকবে: {{until}} পর্যন্ত। এরপর তালিকার পরের জনকে দেওয়া হবে।

সময়টি নিন: {{offerLink}}

--
{{business}}
খালি সময়ের খবর চেয়েছিলেন বলে আপনাকে এই বার্তা পাঠানো হয়েছে।`,
    sms: '{{business}}: খালি সময় {{whenShort}}। {{until}} পর্যন্ত আপনার জন্য: {{offerLink}}',
  },
  'low-score': {
    subject: '{{location}}: ৫-এর মধ্যে {{score}}',
    email: `একজন গ্রাহক কম রেটিং দিয়েছেন।

নম্বর: ৫-এর মধ্যে {{score}}
গ্রাহক: {{clientName}}
ফোন: {{clientPhone}}
ইমেইল: {{clientEmail}}
অ্যাপয়েন্টমেন্ট: {{when}}, {{location}}
{{services}}; সেবা দিয়েছেন: {{staff}}

{{words}}

--
{{business}}`,
    sms: '{{business}}, {{location}}: {{clientName}} ৫-এর মধ্যে {{score}} দিয়েছেন ({{staff}}, {{whenShort}})।',
  },
};
