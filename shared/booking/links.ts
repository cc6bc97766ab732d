import { client } from '../audit/audit.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { addressOf, type Clients } from '../clients/clients.ts';
import type { Agree } from '../clients/consents/agree.ts';
import type { AddressStatus } from '../messages/send/addresses.ts';
import type { Channel, Language } from '../platform/fields.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { Appointment, Appointments, Change } from './appointments/appointments.ts';
import { calendarOf } from './appointments/calendar.ts';
import { isUnproven, mustConfirmBy } from './appointments/entity.ts';
import { type Reschedule, visitAgain } from './appointments/reschedule.ts';
import { createSeriesMates, type SeriesMate } from './appointments/series-mates.ts';
import {
  appointmentView,
  behindManageToken,
  manageToken,
  mustBeChangeable,
  mustBeMovable,
  seriesMateView,
} from './appointments/view.ts';
import { isExpected } from './contract.ts';
import { conditionsProven } from './no-show-policy.ts';
import { type Availability, checkSpan } from './placement/availability.ts';
import { type Allocator, momentOf } from './placement/placement.ts';
import { onlyBySentLink, type Press, type Pressed } from './press.ts';
import { confirmationTo, createSentAddress } from './sent-address.ts';

/** Origin of a pressed link. `writtenTo`: the channel of the message in which it stood; undefined for one of an answer. */
interface PressedLink {
  writtenTo: Channel | undefined;
  pressed: Pressed | undefined;
}

/** Throws status_conflict. */
const mustBeConfirmable = (appointment: Appointment, now: Instant): void => {
  if (!isExpected(appointment) || now >= appointment.startsAt) {
    const state = isExpected(appointment) ? 'over' : appointment.status.replace('_', '-');
    throw new Problem('status_conflict', { detail: `The appointment is ${state}.` });
  }
  if (appointment.awaiting) throw new Problem('status_conflict', { detail: 'We will confirm it ourselves, soon.' });
};

/** Notes of the client, for whoever reads what is sent to an address that is known to be the client's own. */
const ownNotes = (appointment: Appointment, writtenTo: Channel | undefined): string | undefined =>
  appointment.bookedBy === client.id && writtenTo && !isUnproven(appointment) ? appointment.notes : undefined;

/** Time within which whoever moves again is still looking for a time, and hears of the last one. */
const searchLasts = 60 * minute;
const toldAfter = 2 * minute;

/** Whoever moves a visit means to come: no need to ask a second time. */
const statusMoved = (current: Appointment, to: Appointment): Appointment['status'] =>
  current.status === 'confirmed' ? 'confirmed' : to.status;

/** Counts a move by the link. */
const movedAgain = ({ linkMoves }: Appointment, { movedAt: at = 0 }: Appointment): Appointment['linkMoves'] => ({
  count: (linkMoves?.count ?? 0) + 1,
  at,
  ...(linkMoves && at - linkMoves.at < searchLasts ? { tellAt: at + toldAfter } : {}),
});

/** Actions of a client by the link in a message. */
export const createLinks = (deps: {
  catalogue: CatalogueReader;
  addresses: { statusOf(address: string): Promise<AddressStatus> };
  clients: Pick<Clients, 'askedOf'>;
  agree: Agree;
  appointments: Appointments;
  availability: Availability;
  place: Allocator;
  reschedule: Reschedule;
  press: Press;
  tokens: Tokens;
  now: Clock;
  publicUrl: string;
}) => {
  const { catalogue, clients, appointments, availability, place, reschedule, press, agree, tokens, now, publicUrl } =
    deps;

  const sentAddress = createSentAddress(deps);
  const seriesMatesOf = createSeriesMates(appointments);
  const tokenOf = ({ appointment, writtenTo }: SeriesMate) => manageToken(tokens, appointment, writtenTo);

  const behind = async (token: string): Promise<{ appointment: Appointment; writtenTo: Channel | undefined }> => {
    const { id, writtenTo } = await behindManageToken(deps, token);
    const appointment = await appointments.get(id);
    if (!appointment) throw new Problem('link_invalid');
    return { appointment, writtenTo };
  };

  /** State of the address to which the link was sent. `asked`: words of the box that was ticked for it and waits for a yes. */
  const addressOfLink = async (appointment: Appointment, channel: Channel) => {
    const address = addressOf(appointment.contact, channel) ?? '';
    const isAsked = appointment.asked?.includes(channel);
    const [sentTo, words] = await Promise.all([
      sentAddress(appointment, channel),
      isAsked ? clients.askedOf({ clientId: appointment.clientId, channel, address }) : undefined,
    ]);
    return { ...sentTo, asked: words?.words };
  };

  /** Its place in a series, and all of that with their links. */
  const seriesOf = async (appointment: Appointment, writtenTo: Channel | undefined) => {
    const { series } = appointment;
    if (!series) return undefined;
    const mates = await seriesMatesOf(appointment, writtenTo);
    const view = async (mate: SeriesMate) => ({ ...seriesMateView(mate.appointment), token: await tokenOf(mate) });
    return { ...series, appointments: await Promise.all(mates.map(view)) };
  };

  const view = async (
    catalogueIndex: CatalogueIndex,
    appointment: Appointment,
    writtenTo: Channel | undefined,
    language: Language = appointment.contact.language,
  ) => ({
    ...appointmentView(catalogueIndex, appointment, language, now(), writtenTo),
    series: await seriesOf(appointment, writtenTo),
    address: writtenTo && (await addressOfLink(appointment, writtenTo)),
    notes: ownNotes(appointment, writtenTo),
    token: await manageToken(tokens, appointment, writtenTo),
  });

  /** A press proves what it can before it does anything: also where that is refused, the address is the client's. */
  const changeBy = async (
    token: string,
    decide: (catalogueIndex: CatalogueIndex, current: Appointment, by: PressedLink) => Promise<Change> | Change,
  ) => {
    const catalogueIndex = await catalogue.current();
    const { id, writtenTo } = await behindManageToken(deps, token);
    let pressed: Promise<Pressed | undefined> | undefined;
    const changed = await appointments.change(id, client, async (current) => {
      pressed ??= press(current, writtenTo);
      return decide(catalogueIndex, current, { writtenTo, pressed: await pressed });
    });
    return view(catalogueIndex, changed, writtenTo);
  };

  const withProof = (current: Appointment, { pressed }: PressedLink): Appointment => ({
    ...current,
    proven: current.proven ?? pressed?.proven,
    updatedAt: now(),
  });

  const proved = (current: Appointment, by: PressedLink, event: string): Change => ({
    to: by.pressed && isUnproven(current) ? withProof(current, by) : undefined,
    event,
  });

  /** As the policy for no-shows has it. Throws booking_refused. */
  const confirmed = (catalogueIndex: CatalogueIndex, current: Appointment, by: PressedLink): Appointment => {
    const asked = mustConfirmBy(current);
    // Whoever only holds the booking's answer says so, but isn't asked.
    const isAnswered = by.writtenTo !== undefined || current.household === undefined;
    const { settings } = catalogueIndex;
    const phone = catalogueIndex.location(current.locationId)?.phone;
    const conditions =
      asked !== undefined && by.pressed
        ? conditionsProven(settings, by.pressed.noShows, phone)
        : { awaiting: undefined };
    return {
      ...withProof(current, by),
      ...conditions,
      status: conditions.awaiting ? 'pending' : 'confirmed',
      // The confirmation has gone, and goes once more when the business has approved.
      sequence: current.sequence + (conditions.awaiting ? 1 : 0),
      confirmBy: isAnswered ? undefined : asked,
    };
  };

  return {
    async view(token: string, language?: Language) {
      const [catalogueIndex, { appointment, writtenTo }] = [await catalogue.recent(), await behind(token)];
      return {
        ...(await view(catalogueIndex, appointment, writtenTo, language)),
        sentTo: writtenTo ? undefined : await confirmationTo(catalogueIndex, appointment),
      };
    },

    async times(token: string, from: string, to: string) {
      checkSpan(from, to);
      const [catalogueIndex, { appointment }] = [await catalogue.recent(), await behind(token)];
      const request = visitAgain(catalogueIndex, appointment);
      return availability.answer(request, await availability.find(catalogueIndex, request, from, to, [appointment.id]));
    },

    /** Confirming twice is the same as once. */
    confirm: (token: string) =>
      changeBy(token, (catalogueIndex, current, by) => {
        const event = 'appointment.confirmed';
        const isAsked = by.writtenTo !== undefined && mustConfirmBy(current) !== undefined;
        if (current.status === 'confirmed' && !isAsked) return proved(current, by, event);
        mustBeConfirmable(current, now());
        return { to: confirmed(catalogueIndex, current, by), event };
      }),

    /** Only a link that was sent says whose an address is. */
    prove: (token: string) =>
      changeBy(token, (_, current, by) => {
        if (by.writtenTo === undefined) throw onlyBySentLink();
        return proved(current, by, 'appointment.proven');
      }),

    /** Says yes to what was ticked when it was booked; once is as good as twice. */
    agree: (token: string) =>
      changeBy(token, async (_, current, by) => {
        const address = by.writtenTo && addressOf(current.contact, by.writtenTo);
        if (by.writtenTo === undefined || !address) throw onlyBySentLink();
        await agree({ clientId: current.clientId, channel: by.writtenTo, address });
        return proved(current, by, 'appointment.proven');
      }),

    /**
     * Moves by the client; the people who were asked for stay. Who had confirmed has by moving, too. What is
     * repeated because its answer was lost is answered like the first, even where the new time lies within the cut-off.
     */
    move: (token: string, startsAtText: string) =>
      changeBy(token, async (catalogueIndex, current, by) => {
        const startsAt = momentOf(startsAtText, current.zone);
        if (startsAt === current.startsAt && isExpected(current)) return { to: undefined, event: 'appointment.moved' };
        mustBeMovable(catalogueIndex, current, now());
        const request = visitAgain(catalogueIndex, current);
        const placement = await place(catalogueIndex, request, startsAt, now(), { leaving: [current.id] });
        const { to, ...change } = await reschedule(current, request, placement, {
          by: client.id,
          ...catalogueIndex.settings.noShows,
        });
        return {
          ...change,
          to: to && withProof({ ...to, status: statusMoved(current, to), linkMoves: movedAgain(current, to) }, by),
        };
      }),

    cancel: async (token: string) => {
      const catalogueIndex = await catalogue.current();
      const { id, writtenTo } = await behindManageToken(deps, token);
      const cancelled = await appointments.cancel(id, client, async (current) => {
        await press(current, writtenTo);
        mustBeChangeable(catalogueIndex, current, now());
      });
      return view(catalogueIndex, cancelled, writtenTo);
    },

    async calendar(token: string) {
      const [catalogueIndex, { appointment, writtenTo }] = [await catalogue.recent(), await behind(token)];
      const entry = async (mate: SeriesMate) => ({
        appointment: mate.appointment,
        manageUrl: `${publicUrl}/a/${await tokenOf(mate)}`,
      });
      const [first, ...rest] = await Promise.all((await seriesMatesOf(appointment, writtenTo)).map(entry));
      return calendarOf(catalogueIndex, [first ?? (await entry({ appointment, writtenTo })), ...rest]).content;
    },
  };
};
