import type { Examples } from '../../platform/http/examples.ts';
import type { waitingDeskRoutes, waitingRoutes } from '../../waiting-list/contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const waitingListExamples: Examples<typeof waitingDeskRoutes | typeof waitingRoutes> = {
  listWaiting: {
    query: {
      locationId: 'brooklyn',
    },
  },
  addToWaitingList: {
    body: {
      locationId: 'brooklyn',
      services: ['cut'],
      staff: ['amina', 'marco'],
      from: '2026-11-22',
      to: '2026-11-29',
      weekdays: ['mon', 'tue'],
      timesOfDay: {
        from: '09:00',
        until: '12:00',
      },
      client: {
        firstName: 'Nadia',
        lastName: 'Karim',
        phone: '+17185550142',
        language: 'en',
      },
    },
  },
  removeWaiting: {
    params: {
      waitingId: '0123456789abcdef',
    },
  },
  joinWaitingList: {
    body: {
      locationId: 'brooklyn',
      services: ['cut'],
      staff: ['amina', 'marco'],
      from: '2026-11-22',
      to: '2026-11-29',
      weekdays: ['mon', 'tue'],
      timesOfDay: {
        from: '09:00',
        until: '12:00',
      },
      client: {
        firstName: 'Nadia',
        lastName: 'Karim',
        phone: '+17185550142',
        language: 'en',
      },
      formToken: 'bTIwMjYxMTI0.q83vEjRWeJq8',
      website: '',
    },
  },
  getWaiting: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    query: {},
  },
  takeOffer: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      offerId: '0123456789abcdef',
    },
  },
  declineOffer: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      offerId: '0123456789abcdef',
    },
  },
  stayOnWaitingList: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  leaveWaitingList: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
};
