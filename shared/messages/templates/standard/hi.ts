import type { TemplateSet } from '../placeholders.ts';

const details = `{{when}}
{{services}}
{{staff}} के साथ
{{location}}, {{address}}
फ़ोन: {{phone}}`;

const footer = `--
{{business}}
यह संदेश इसलिए भेजा गया है, क्योंकि हमारे यहाँ आपका अपॉइंटमेंट है।`;

/** Texts are UCS-2, 67 characters a part: they say the least that is polite. Verbs leave the client's gender open. */
export const hi: TemplateSet = {
  confirmation: {
    subject: 'बुकिंग हो गई: {{when}}',
    email: `नमस्ते {{firstName}} जी,

{{business}} में आपका अपॉइंटमेंट बुक हो गया है।

${details}

{{repeats}}

{{confirmBy}}

देखें, समय बदलें या रद्द करें: {{link}}

हाँ, ख़बरें और ऑफ़र भेजें: {{newsLink}}

${footer}`,
    sms: '{{business}}: आपकी बुकिंग {{whenShort}}। देखें या बदलें: {{link}}\n{{confirmBy}}\n{{repeats}}\nख़बरें और ऑफ़र चाहिए? {{newsLink}}',
  },
  reminder: {
    subject: 'रिमाइंडर: {{when}}',
    email: `नमस्ते {{firstName}} जी,

{{business}} में आपके अपॉइंटमेंट की याद दिलाने के लिए यह संदेश है।

${details}

{{confirmBy}}

आने की पुष्टि करें या समय बदलें: {{link}}

अगर आना संभव न हो, तो कृपया हमें समय रहते बता दें।

${footer}`,
    sms: '{{business}}: आपका अपॉइंटमेंट {{whenShort}}। पुष्टि करें या बदलें: {{link}}\n{{confirmBy}}',
  },
  moved: {
    subject: 'आपका नया समय: {{when}}',
    email: `नमस्ते {{firstName}} जी,

{{business}} में आपके अपॉइंटमेंट का समय बदल गया है। नया समय यह है:

${details}

{{repeats}}

{{confirmBy}}

देखें, समय बदलें या रद्द करें: {{link}}

${footer}`,
    sms: '{{business}}: आपका नया समय {{whenShort}}। देखें या बदलें: {{link}}\n{{confirmBy}}\n{{repeats}}',
  },
  cancelled: {
    subject: 'अपॉइंटमेंट रद्द: {{when}}',
    email: `नमस्ते {{firstName}} जी,

{{business}} में आपका यह अपॉइंटमेंट रद्द हो गया है। आपको और कुछ नहीं करना है।

${details}

{{repeats}}

दूसरा समय चुनें: {{bookLink}}

--
{{business}}
यह संदेश इसलिए भेजा गया है, क्योंकि हमारे यहाँ आपका अपॉइंटमेंट था।`,
    sms: '{{business}}: आपका अपॉइंटमेंट ({{whenShort}}) रद्द हो गया है। दूसरा समय: {{bookLink}}\n{{repeats}}',
  },
  'review-request': {
    subject: '{{business}}: आपका अनुभव कैसा रहा?',
    email: `नमस्ते {{firstName}} जी,

{{date}} को हमारे यहाँ आने के लिए धन्यवाद। आपका अनुभव कैसा रहा? बताने में एक मिनट भी नहीं लगेगा।

{{services}}
{{staff}} के साथ
{{location}}

अपनी राय दें: {{reviewLink}}

राय अच्छी हो या बुरी, हम हर राय पढ़ते हैं।

--
{{business}}
यह संदेश इसलिए भेजा गया है, क्योंकि आपका हमारे यहाँ आना हुआ था।`,
    sms: '{{business}}: आने के लिए धन्यवाद। आपका अनुभव कैसा रहा? {{reviewLink}}',
  },
  'come-back': {
    subject: '{{business}}: क्या फिर आने का समय हो गया?',
    email: `नमस्ते {{firstName}} जी,

आपका पिछला अपॉइंटमेंट {{date}} को था ({{services}})। फिर आना चाहें, तो अपनी सुविधा का समय चुन लें।

समय चुनें: {{bookLink}}

--
{{business}}
{{location}}, {{address}}
{{phone}}
यह निमंत्रण इसलिए भेजा गया है, क्योंकि आपने हमारे संदेश पाने की सहमति दी थी।
ऐसे संदेश बंद करें: {{unsubscribeLink}}`,
    sms: '{{business}}: फिर आने का समय हो गया? बुकिंग: {{bookLink}} संदेश बंद: {{unsubscribeLink}}',
  },
  'waiting-joined': {
    subject: 'आपका नाम हमारी प्रतीक्षा सूची में है',
    email: `नमस्ते {{firstName}} जी,

आपका नाम {{business}} की प्रतीक्षा सूची में है:

{{services}}
{{days}}
{{location}}, {{address}}
फ़ोन: {{phone}}

{{askProof}}

सूची में अपना नाम देखें या हटाएँ: {{waitingLink}}

--
{{business}}
यह संदेश इसलिए भेजा गया है, क्योंकि यह पता हमारी प्रतीक्षा सूची के लिए दिया गया था। अगर आपने नहीं दिया था, तो कुछ करने की ज़रूरत नहीं है।`,
    sms: '{{business}}: आपका नाम प्रतीक्षा सूची में है, {{days}}: {{waitingLink}}\n{{askProof}}',
  },
  'waiting-offer': {
    subject: 'एक समय खाली हुआ है: {{when}}',
    email: `नमस्ते {{firstName}} जी,

आपका नाम हमारी प्रतीक्षा सूची में है। यह समय अब खाली हुआ है:

${details}

हम यह समय {{until}} तक आपके लिए रखेंगे। उसके बाद यह सूची में अगले व्यक्ति को दिया जाएगा।

यह समय लें: {{offerLink}}

--
{{business}}
यह संदेश इसलिए भेजा गया है, क्योंकि आपने खाली समय की सूचना माँगी थी।`,
    sms: '{{business}}: {{whenShort}} का समय खाली है। {{until}} तक आपके लिए: {{offerLink}}',
  },
  'low-score': {
    subject: '{{location}}: 5 में से {{score}} अंक',
    email: `एक ग्राहक ने कम अंक दिए हैं।

अंक: 5 में से {{score}}
ग्राहक: {{clientName}}
फ़ोन: {{clientPhone}}
ईमेल: {{clientEmail}}
अपॉइंटमेंट: {{when}}, {{location}}
{{services}}, {{staff}} के साथ

{{words}}

--
{{business}}`,
    sms: '{{business}}, {{location}}: {{clientName}} ने 5 में से {{score}} अंक दिए ({{staff}}, {{whenShort}})।',
  },
};
