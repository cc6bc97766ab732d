import type { Examples } from '../../platform/http/examples.ts';
import type { settingsRoutes } from '../../settings/contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const settingsExamples: Examples<typeof settingsRoutes> = {
  getSettings: {},
  putBusiness: {
    body: {
      value: {
        name: 'Linden & Rose',
        languages: ['en', 'bn', 'hi', 'ru'],
        currency: 'USD',
        country: 'US',
        booking: {
          stepMinutes: 15,
          earliestNoticeMinutes: 60,
          horizonDays: 120,
          cutOffMinutes: 240,
        },
        quietHours: {
          from: '21:00',
          until: '08:00',
        },
        publicForms: {
          perAddressPerMinute: 10000,
          openPerClient: 1000,
          holdsPerAddress: 1000,
          minimumSeconds: 0,
        },
      },
    },
  },
  putJourney: {
    body: {
      value: [
        {
          id: 'confirmation',
          template: 'confirmation',
          anchor: 'booking',
          offset: 'PT0S',
          channels: ['email', 'sms'],
          purpose: 'service',
          quiet: 'ignore',
        },
        {
          id: 'reminder',
          template: 'reminder',
          anchor: 'start',
          offset: '-P1D',
          channels: ['email', 'sms'],
          purpose: 'service',
        },
        {
          id: 'moved',
          template: 'moved',
          anchor: 'move',
          offset: 'PT0S',
          channels: ['email', 'sms'],
          purpose: 'service',
          quiet: 'ignore',
        },
        {
          id: 'cancelled',
          template: 'cancelled',
          anchor: 'cancellation',
          offset: 'PT0S',
          channels: ['email', 'sms'],
          purpose: 'service',
          quiet: 'ignore',
        },
        {
          id: 'review',
          template: 'review-request',
          anchor: 'end',
          offset: 'PT2H',
          channels: ['email', 'sms'],
          when: ['completed'],
          purpose: 'service',
        },
        {
          id: 'come-back',
          template: 'come-back',
          anchor: 'last-visit',
          offset: 'repeat',
          channels: ['email', 'sms'],
          when: ['completed', 'nothing-booked'],
          purpose: 'marketing',
        },
      ],
    },
  },
  createLocation: {
    body: {
      value: {
        id: 'queens',
        name: 'Linden & Rose Queens',
        zone: 'America/New_York',
        address: '30-12 Steinway Street, Queens, NY 11103',
        manager: {
          email: 'manager.queens@linden-rose.example',
          language: 'en',
        },
        hours: {
          mon: [
            {
              from: '09:00',
              until: '18:00',
            },
          ],
        },
        holidays: [
          {
            date: '2026-12-25',
            name: 'Christmas',
          },
        ],
      },
    },
  },
  putLocation: {
    params: {
      id: 'queens',
    },
    body: {
      value: {
        id: 'queens',
        name: 'Linden & Rose Queens',
        zone: 'America/New_York',
        address: '30-12 Steinway Street, Queens, NY 11103',
        manager: {
          email: 'manager.queens@linden-rose.example',
          language: 'en',
        },
        hours: {
          mon: [
            {
              from: '09:00',
              until: '18:00',
            },
          ],
        },
        holidays: [
          {
            date: '2026-12-25',
            name: 'Christmas',
          },
        ],
      },
    },
  },
  deleteLocation: {
    params: {
      id: 'queens',
    },
    query: {},
  },
  createStaffMember: {
    body: {
      value: {
        id: 'nina',
        name: 'Grace Okafor',
        locations: ['brooklyn'],
        skills: ['cut', 'blow-dry'],
        daysOff: [
          {
            from: '2026-12-21',
            until: '2026-12-31',
          },
        ],
      },
    },
  },
  putStaffMember: {
    params: {
      id: 'nina',
    },
    body: {
      value: {
        id: 'nina',
        name: 'Grace Okafor',
        locations: ['brooklyn'],
        skills: ['cut', 'blow-dry'],
        daysOff: [
          {
            from: '2026-12-21',
            until: '2026-12-31',
          },
        ],
      },
    },
  },
  deleteStaffMember: {
    params: {
      id: 'nina',
    },
    query: {},
  },
  createCategory: {
    body: {
      value: {
        id: 'nails',
        name: {
          en: 'Lashes',
          bn: 'পাপড়ি',
        },
      },
    },
  },
  putCategory: {
    params: {
      id: 'nails',
    },
    body: {
      value: {
        id: 'nails',
        name: {
          en: 'Lashes',
          bn: 'পাপড়ি',
        },
      },
    },
  },
  deleteCategory: {
    params: {
      id: 'nails',
    },
    query: {},
  },
  createService: {
    body: {
      value: {
        id: 'manicure',
        name: {
          en: 'Lash lift',
        },
        category: 'skin',
        durationMinutes: 45,
        price: {
          amount: 7000,
          currency: 'USD',
        },
        bufferAfterMinutes: 5,
        repeatDays: 42,
      },
    },
  },
  putService: {
    params: {
      id: 'manicure',
    },
    body: {
      value: {
        id: 'manicure',
        name: {
          en: 'Lash lift',
        },
        category: 'skin',
        durationMinutes: 45,
        price: {
          amount: 7000,
          currency: 'USD',
        },
        bufferAfterMinutes: 5,
        repeatDays: 42,
      },
    },
  },
  deleteService: {
    params: {
      id: 'manicure',
    },
    query: {},
  },
  createResource: {
    body: {
      value: {
        id: 'chair-2',
        name: 'Chair by the window',
        kind: 'chair',
        location: 'brooklyn',
        closed: [
          {
            from: '2026-12-01',
            until: '2026-12-02',
          },
        ],
      },
    },
  },
  putResource: {
    params: {
      id: 'chair-2',
    },
    body: {
      value: {
        id: 'chair-2',
        name: 'Chair by the window',
        kind: 'chair',
        location: 'brooklyn',
        closed: [
          {
            from: '2026-12-01',
            until: '2026-12-02',
          },
        ],
      },
    },
  },
  deleteResource: {
    params: {
      id: 'chair-2',
    },
    query: {},
  },
  getJob: {
    params: {
      jobId: '0123456789abcdef',
    },
  },
  resumeJob: {
    params: {
      jobId: '0123456789abcdef',
    },
  },
  stopJob: {
    params: {
      jobId: '0123456789abcdef',
    },
  },
};
