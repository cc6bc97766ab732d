import { type Appointment, dataOf } from '../api.ts';
import type { LinkVisit } from '../link-page.tsx';
import type { PageDeps, PageRequest } from '../page.ts';
import { chosenLanguage, visitorOf } from '../visitor.ts';

export interface AppointmentVisit extends LinkVisit {
  appointment: Appointment;
}

/** In the language of the appointment, unless the visitor chose another. */
export const openAppointment = async (deps: PageDeps, request: PageRequest): Promise<AppointmentVisit> => {
  const api = deps.clientFor(request);
  const token = request.params.token ?? '';
  const [business, found] = await Promise.all([
    api.getBusiness({}),
    api.getByLink({ params: { token }, query: { language: chosenLanguage(request) } }),
  ]);
  const appointment = dataOf(found);
  const visitor = await visitorOf(request, dataOf(business), appointment.language);
  return { api, request, token, business: dataOf(business), visitor, appointment, now: deps.now() };
};
