import type { journeyRoutes } from '../../journey/contract.ts';
import type { messageRoutes, subscriptionRoutes } from '../../messages/contract.ts';
import type { messageDeskRoutes } from '../../messages/desk/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const messagesExamples: Examples<
  typeof messageRoutes | typeof messageDeskRoutes | typeof journeyRoutes | typeof subscriptionRoutes
> = {
  listMessages: {
    params: {
      clientId: '0123456789abcdef',
    },
    query: {
      limit: '10',
    },
  },
  resendMessage: {
    params: {
      clientId: '0123456789abcdef',
    },
    body: {
      appointmentId: '0123456789abcdef',
      touchpoint: 'confirmation',
      occurrence: 0,
    },
  },
  listInbox: {
    query: {
      limit: '10',
    },
  },
  lookUpAddress: {
    body: {
      channel: 'email',
      address: 'nadia@example.com',
    },
  },
  stopAddress: {
    body: {
      channel: 'email',
      address: 'nadia@example.com',
      reason: 'client_asked',
    },
  },
  resumeAddress: {
    body: {
      channel: 'email',
      address: 'nadia@example.com',
      reason: 'client_asked',
    },
  },
  listTemplates: {},
  putTemplate: {
    params: {
      template: 'reminder',
      language: 'en',
    },
    body: {
      subject: 'See you soon',
      email: 'Hello, your visit is near.',
      sms: 'Your visit is near.',
    },
  },
  deleteTemplate: {
    params: {
      template: 'cancelled',
      language: 'ru',
    },
  },
  previewTemplate: {
    body: {
      template: 'reminder',
      language: 'en',
      subject: 'See you soon',
      email: 'Hello, your visit is near.',
      sms: 'Your visit is near.',
    },
  },
  getSubscription: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  unsubscribe: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      scope: 'all',
    },
  },
  resumeSubscription: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  unsubscribeOneClick: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      'List-Unsubscribe': 'One-Click',
    },
  },
};
