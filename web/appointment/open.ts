import type { Appointment } from '../api.ts';
import { type LinkVisit, openLink } from '../frame/link-page.tsx';
import type { PageDeps, PageRequest } from '../frame/page.ts';

export interface AppointmentVisit extends LinkVisit {
  appointment: Appointment;
}

export const openAppointment = async (deps: PageDeps, request: PageRequest): Promise<AppointmentVisit> => {
  const { found, ...visit } = await openLink(deps, request, (api, asked) => api.getByLink(asked));
  return { ...visit, appointment: found };
};
