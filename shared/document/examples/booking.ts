import type { availabilityRoutes, bookingRoutes } from '../../booking/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const bookingExamples: Examples<typeof availabilityRoutes | typeof bookingRoutes> = {
  getAvailability: {
    query: {
      location: 'brooklyn',
      services: 'cut',
      from: '2026-11-22',
      to: '2026-11-29',
    },
  },
  getFormToken: {},
  getAvailabilityForForm: {
    params: { token: 'bTIwMjYxMTI0.q83vEjRWeJq8' },
    query: { location: 'brooklyn', services: 'cut', from: '2026-11-22', to: '2026-11-29' },
  },
  holdTime: {
    body: {
      locationId: 'brooklyn',
      startsAt: '2026-11-24T15:00:00Z',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
        },
      ],
      formToken: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  createAppointment: {
    body: {
      locationId: 'brooklyn',
      startsAt: '2026-11-24T15:00:00Z',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
        },
      ],
      client: {
        firstName: 'Nadia',
        lastName: 'Karim',
        phone: '+17185550142',
        email: 'nadia.7c9e6679-7425-40de-944b-e07fc1f90ae7@example.com',
        language: 'en',
      },
      consents: [
        {
          channel: 'email',
          purpose: 'marketing',
          words: 'Tell me by e-mail when it is time to come back.',
        },
      ],
      notes: 'First visit.',
      source: 'instagram',
      formToken: 'bTIwMjYxMTI0.q83vEjRWeJq8',
      website: '',
    },
  },
  getByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    query: {
      language: 'hi',
    },
  },
  getAvailabilityByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    query: {
      from: '2026-11-22',
      to: '2026-11-29',
    },
  },
  agreeByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  proveByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  confirmByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  moveByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      startsAt: '2026-11-24T15:00:00Z',
    },
  },
  cancelByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
  getCalendarByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
  },
};
