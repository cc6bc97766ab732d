import type { CatalogueReader } from '../business/reader.ts';
import { addressOf, type Clients, type Contact } from '../clients/clients.ts';
import { normaliseContact } from '../clients/contact.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, type Random } from '../platform/ids.ts';
import { persist } from '../platform/persist.ts';
import { Problem } from '../platform/problems.ts';
import type { RegularsTable } from '../platform/table.ts';
import { transact, type WritePart } from '../platform/transact.ts';
import { type Appointment, type Appointments, open } from './appointments.ts';
import type { AppointmentAnswer, BookingInput } from './contract.ts';
import type { FormGuard } from './form-guard.ts';
import type { Idempotency } from './idempotency.ts';
import type { DiaryPages } from './pages.ts';
import { type createPlacer, diaryWrites, momentOf, type Placement } from './place.ts';
import { resolveVisit, type VisitRequest } from './plan-visit.ts';
import { appointmentView } from './view.ts';

/** What is answered to the first request and, from memory, to its repetitions; the token is signed anew each time. */
export type Booked = Omit<AppointmentAnswer, 'token'>;

/** Of the 29 seconds that the function has. */
const patienceSeconds = 20;

const consentsIn = (input: BookingInput, contact: Contact) =>
  input.consents.flatMap(({ channel, words }) => {
    const address = addressOf(contact, channel);
    return address ? [{ channel, words, address }] : [];
  });

const paths = {
  location: 'locationId',
  service: (index: number) => `services[${index}].serviceId`,
  staff: (index: number) => `services[${index}].staffId`,
};

export const createBook = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  appointments: Appointments;
  pages: DiaryPages;
  place: ReturnType<typeof createPlacer>;
  idempotency: Idempotency;
  guard: FormGuard;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, clients, appointments, pages, place, idempotency, guard, now, random } = deps;

  const refuseHoarding = async (clientId: string, most: number): Promise<void> => {
    const ahead = (await appointments.ofClient(clientId, now())).filter(({ status }) => open.includes(status));
    if (ahead.length < most) return;
    throw new Problem('too_many_requests', {
      detail: `There are ${ahead.length} appointments ahead for this phone or e-mail already; call us to book more.`,
    });
  };

  const draft = (
    request: VisitRequest,
    placement: Placement,
    input: BookingInput,
    contact: Contact,
    clientId: string,
  ): Appointment => {
    const at = now();
    const { firstName, lastName, phone, email, language, preferredChannel } = contact;
    return {
      id: newId(random),
      clientId,
      status: 'pending',
      version: 1,
      sequence: 0,
      locationId: request.location.id,
      zone: request.location.zone,
      startsAt: placement.startsAt,
      endsAt: placement.endsAt,
      contact: { firstName, lastName: lastName || undefined, phone, email, language, preferredChannel },
      services: placement.assignments.map(({ service, person, from }, index) => ({
        id: service.id,
        staffId: person.id,
        asked: request.wanted[index]?.asked ?? person.id,
        startsAt: from,
        durationMinutes: service.durationMinutes,
        price: service.price,
      })),
      occupies: placement.occupies,
      notes: input.notes || undefined,
      source: input.source || undefined,
      bookedAt: at,
      updatedAt: at,
    };
  };

  /** The client, with the parts of the transaction that create one or keep the consents. */
  const clientParts = (
    input: BookingInput,
    contact: Contact,
    known: string | undefined,
  ): { clientId: string; parts: WritePart[] } => {
    const clientId = known ?? newId(random);
    const at = now();
    const consents = consentsIn(input, contact).map((consent) =>
      clients.consent({ ...consent, clientId, granted: true, at, how: 'booking form' }),
    );
    return { clientId, parts: [...(known ? [] : clients.create(contact, clientId, at)), ...consents] };
  };

  /**
   * Books: one transaction holds the appointment, its client if new, the pages of the diary, the timeline entry and the
   * answer to the Idempotency-Key. Throws time_taken, time_unavailable, unprocessable, idempotency_mismatch,
   * form_rejected, too_many_requests, busy.
   */
  return async (input: BookingInput, idempotencyKey: string, sourceIp: string): Promise<Booked> => {
    const { formToken, website, ...request } = input;
    const answered = async () => (await idempotency.find(idempotencyKey, request)) as Booked | undefined;
    const before = await answered();
    if (before) return before;

    const directory = await catalogue.current();
    await guard.inspect({ formToken, website }, directory.settings.publicForms);
    await guard.admit(sourceIp, idempotencyKey, directory.settings.publicForms);

    const { settings } = directory;
    const language = input.client.language ?? settings.languages[0] ?? 'en';
    const contact: Contact = normaliseContact({ ...input.client, language, source: input.source }, settings.country);
    const visit = resolveVisit(directory, input.locationId, input.services, paths);
    const startsAt = momentOf(input.startsAt, visit.location.zone);

    // The same request, sent twice at once, may have taken the time or made the client itself: then its answer holds.
    const unlessAnswered = async (error: unknown): Promise<Booked> => {
      const meanwhile = await answered();
      if (meanwhile) return meanwhile;
      throw error;
    };

    const attempt = async (): Promise<Booked | undefined> => {
      const known = await clients.find(contact);
      if (known) await refuseHoarding(known, settings.publicForms.openPerClient);
      // Last before writing: the shorter the time between reading a page and writing it, the fewer lose the race.
      const placement = await place(directory, visit, startsAt, now());
      const { clientId, parts } = clientParts(input, contact, known);
      const appointment = draft(visit, placement, input, contact, clientId);
      const answer = appointmentView(directory, appointment, language, now());
      const remembered = idempotency.remember(idempotencyKey, request, answer, now());
      const { committed, lost } = await transact(table, [
        remembered,
        appointments.create(appointment),
        ...diaryWrites(pages, placement.pages, appointment.id, [], placement.occupies),
        clients.entry({
          clientId,
          at: now(),
          id: newId(random),
          type: 'appointment.booked',
          by: 'client',
          appointmentId: appointment.id,
          details: { startsAt },
        }),
        ...parts,
      ]);
      if (committed) return answer as Booked;
      return lost.has(remembered) ? answered() : undefined;
    };
    return persist(patienceSeconds, random, () => attempt().catch(unlessAnswered));
  };
};
