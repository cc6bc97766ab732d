import type { Examples } from '../../platform/http/examples.ts';
import type { seriesRoutes } from '../../series/contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const seriesExamples: Examples<typeof seriesRoutes> = {
  checkSeries: {
    body: {
      locationId: 'brooklyn',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
        },
      ],
      startsAt: '2026-11-29T10:00',
      rule: {
        every: 'months',
        interval: 1,
        count: 6,
      },
    },
  },
  bookSeries: {
    body: {
      locationId: 'brooklyn',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
        },
      ],
      startsAt: '2026-12-22T06:00',
      rule: {
        every: 'weeks',
        interval: 1,
        count: 2,
      },
      override: {
        hours: true,
      },
      client: {
        firstName: 'Nadia',
        lastName: 'Karim',
        phone: '+17185550142',
        language: 'en',
      },
      notes: 'Every week until the wedding.',
    },
  },
  getSeries: {
    params: {
      seriesId: '0123456789abcdef',
    },
  },
  cancelSeries: {
    params: {
      seriesId: '0123456789abcdef',
    },
    body: {
      scope: 'rest',
      appointmentId: '0123456789abcdef',
    },
  },
  moveSeries: {
    params: {
      seriesId: '0123456789abcdef',
    },
    body: {
      scope: 'one',
      appointmentId: '0123456789abcdef',
      time: '07:00',
      override: {
        hours: true,
      },
    },
  },
};
