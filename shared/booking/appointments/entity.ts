import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { contact } from '../../clients/stored.ts';
import { appointmentEntityName } from '../../entities.ts';
import { channels } from '../../platform/fields.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { LocalDate } from '../../platform/time/time.ts';
import { statuses } from '../contract.ts';
import { bookedTimes } from '../day-pages/booked-times.ts';

export const appointmentEntity = defineEntity({
  name: appointmentEntityName,
  attributes: {
    id: string().key(),
    clientId: string(),
    status: string().enum(...statuses),
    /** Rises with every write; what was read must still be true. */
    version: number(),
    /** Rises with every move and with cancelling: SEQUENCE of the calendar file. */
    sequence: number(),
    /**
     * The latest act that a client hears of, and the sequence that it gave: what only ends at another time has a higher one
     * by now, and is told of by that act's message. `by`: as `bookedBy`.
     * `silent`: staff wanted nobody told. `approves`: the client waits to hear of it. Absent in what was written before this was kept.
     */
    act: map({
      sequence: number(),
      at: number(),
      by: string(),
      silent: boolean().optional(),
      approves: boolean().optional(),
    }).optional(),
    locationId: string(),
    zone: string(),
    /** `YYYY-MM-DDTHH:MM` by the location's clock: what the client was promised, whatever the law makes of the zone. */
    localStart: string(),
    startsAt: number(),
    endsAt: number(),
    contact: contact(),
    services: list(
      map({
        id: string(),
        staffId: string(),
        /** `anyone`, or the person whom the client asked for. */
        asked: string(),
        startsAt: number(),
        durationMinutes: number(),
        /** Price of the whole line; all seats of a group lesson together. */
        price: map({ amount: number(), currency: string() }),
        /** Ids of the rooms and equipment it takes. */
        resources: list(string()).optional(),
      }),
    ),
    /** Times that it takes of diaries, buffers included, so that moving and cancelling give back just that. */
    occupies: bookedTimes(),
    /** Seats in a group lesson; absent where it is none. */
    seats: number().optional(),
    /** One of a row of repeating appointments, the first has index 0. */
    series: map({ id: string(), index: number(), count: number() }).optional(),
    /**
     * The change that moved or cancelled it with others of its row; tells what it is no more once `sequence` has risen
     * beyond the one here. `first`: of them all in order of time, with the sequence that the change gave it. `count`:
     * how many it was to change, where a transaction holds them not all.
     */
    together: map({
      sequence: number(),
      first: map({ id: string(), sequence: number() }),
      count: number(),
    }).optional(),
    /** Waits for staff to approve it; nothing is sent to the client until then. */
    awaiting: string().enum('business').optional(),
    /** Cancelled by itself unless the client confirms until then. */
    confirmBy: number().optional(),
    /** No-shows of the client when this was booked. */
    noShows: number().optional(),
    /** Its state before staff marked it last, so that a wrong mark can be undone. */
    before: map({
      status: string().enum(...statuses),
      at: number(),
      occupies: bookedTimes().optional(),
    }).optional(),
    /** `client`, `system`, or the id of the member of staff who booked it. */
    bookedBy: string().optional(),
    /** From where the public form was sent, by `householdKey`; absent where staff booked. */
    household: string().optional(),
    /** The client has pressed a link in a message by this channel: the booking is the client's own. */
    proven: string()
      .enum(...channels)
      .optional(),
    /** Channels for which a box was ticked that counts once the client says yes in a message there. */
    asked: list(string().enum(...channels)).optional(),
    cancelledBy: string().optional(),
    /** Cancelled without telling the client, who hears nothing either when that is undone. */
    untold: boolean().optional(),
    notes: string().optional(),
    source: string().optional(),
    bookedAt: number(),
    updatedAt: number(),
    movedAt: number().optional(),
    /** Time at which its moment followed the rules of its zone, by the same clock time; the next mail has the file. */
    rezonedAt: number().optional(),
    /**
     * Moves by the client's link: how many, and when the last was. `tellAt`: where more of them came shortly one after
     * another, when the client is told of the last.
     */
    linkMoves: map({ count: number(), at: number(), tellAt: number().optional() }).optional(),
    cancelledAt: number().optional(),
    completedAt: number().optional(),
    locationPk: string(),
    locationSk: string(),
    clientPk: string(),
    clientSk: string(),
  },
  key: ({ id }) => ({ pk: `APPOINTMENT#${id}`, sk: 'APPOINTMENT' }),
});

/** Partition of the index byLocation in which all that a diary shows of a location's day lies together. */
export const locationDay = (locationId: string, date: LocalDate): string => `APPOINTMENTS#${locationId}#${date}`;
type Stored = FormattedItem<ReturnType<typeof appointmentEntity>>;
type Derived = 'localStart' | 'locationPk' | 'locationSk' | 'clientPk' | 'clientSk' | 'version';
/** Times in milliseconds since 1970. `localStart` and `locationSk` are as they were read. */
export type Appointment = Omit<Stored, Derived> &
  Partial<Pick<Stored, 'localStart' | 'locationSk'>> & { version: number };

/** Booked by a form that anybody can fill with anybody's address, and nobody has answered from there yet. */
export const isUnproven = ({ household, proven }: Pick<Appointment, 'household' | 'proven'>): boolean =>
  household !== undefined && proven === undefined;

/** Until when the client must confirm by a link that was sent; whoever merely holds the booking's answer can't. */
export const mustConfirmBy = ({
  status,
  confirmBy,
}: Pick<Appointment, 'status' | 'confirmBy'>): Appointment['confirmBy'] =>
  status === 'pending' || status === 'confirmed' ? confirmBy : undefined;
