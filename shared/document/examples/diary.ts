import type { diaryRoutes } from '../../diary/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const diaryExamples: Examples<typeof diaryRoutes> = {
  getDiary: {
    query: {
      locationId: 'brooklyn',
      date: '2026-11-22',
    },
  },
  bookAtDesk: {
    body: {
      locationId: 'brooklyn',
      startsAt: '2026-11-24T15:00:00Z',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
          durationMinutes: 75,
        },
      ],
      client: {
        firstName: 'Rosa',
        lastName: 'Delgado',
        phone: '+17185550142',
        language: 'en',
      },
      notes: 'Called in the morning',
    },
  },
  listLessons: {
    query: {
      locationId: 'brooklyn',
      date: '2026-11-29',
    },
  },
  changeLesson: {
    params: {
      lessonId: 'styling-class.marco.brooklyn.htw6s0',
    },
    body: {
      startsAt: '2026-12-02T18:30',
      override: {
        hours: true,
      },
    },
  },
  cancelLesson: {
    params: {
      lessonId: 'styling-class.marco.brooklyn.htw6s0',
    },
    body: {
      block: true,
    },
  },
  createBlock: {
    body: {
      staffId: 'priya',
      from: '2026-11-29T12:00',
      until: '2026-11-29T13:00',
      reason: 'Lunch',
    },
  },
  removeBlock: {
    params: {
      blockId: '0123456789abcdef',
    },
  },
  getAppointment: {
    params: {
      appointmentId: '0123456789abcdef',
    },
  },
  getAppointmentHistory: {
    params: {
      appointmentId: '0123456789abcdef',
    },
  },
  changeAppointment: {
    params: {
      appointmentId: '0123456789abcdef',
    },
    body: {
      startsAt: '2026-11-24T15:00:00Z',
      services: [
        {
          serviceId: 'cut',
          staffId: 'amina',
          durationMinutes: 45,
        },
      ],
    },
  },
  markAppointment: {
    params: {
      appointmentId: '0123456789abcdef',
    },
    body: {
      status: 'cancelled',
    },
  },
  undoMark: {
    params: {
      appointmentId: '0123456789abcdef',
    },
  },
  approveAppointment: {
    params: {
      appointmentId: '0123456789abcdef',
    },
  },
};
