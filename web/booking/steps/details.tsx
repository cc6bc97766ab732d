import type { ComponentChildren } from 'preact';
import { consentWords } from '../../../shared/clients/consents/words.ts';
import { type Channel, channels } from '../../../shared/platform/fields.ts';
import { minute } from '../../../shared/platform/time/time.ts';
import type { Business } from '../../api.ts';
import { entryForm } from '../../frame/address.ts';
import { ErrorSummary } from '../../frame/parts/error-summary.tsx';
import { FaultText, Field } from '../../frame/parts/field.tsx';
import type { FieldFault } from '../../frame/parts/field-fault.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Honeypot } from '../../frame/parts/honeypot.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { momentWords } from '../../i18n/moment.ts';
import { choiceParams } from '../choice/choice.ts';
import { consentField, type Entry } from '../choice/entry.ts';
import type { Plan } from '../choice/plan.ts';
import { totalOf } from '../choice/total.ts';
import { StepFrame } from './frame.tsx';

interface Props {
  plan: Plan;
  business: Business;
  entry: Entry;
  faults: readonly FieldFault[];
  notice?: ComponentChildren;
  now: number;
}

export const Names = ({ entry, faultOf }: { entry: Entry; faultOf: (field: string) => string | undefined }) => {
  const { words } = useVisitor();
  return (
    <div class="pair">
      <Field
        id="firstName"
        label={words.fields.firstName}
        fault={faultOf('firstName')}
        control={(tied) => (
          <input {...tied} type="text" value={entry.firstName} autocomplete="given-name" dir="auto" required />
        )}
      />
      <Field
        id="lastName"
        label={words.fields.lastName}
        optional
        fault={faultOf('lastName')}
        control={(tied) => <input {...tied} type="text" value={entry.lastName} autocomplete="family-name" dir="auto" />}
      />
    </div>
  );
};

export const Reach = ({
  entry,
  country,
  faultOf,
}: {
  entry: Entry;
  country: string;
  faultOf: (field: string) => string | undefined;
}) => {
  const { words, format } = useVisitor();
  const { fields } = words;
  return (
    <fieldset>
      <legend>{fields.reach}</legend>
      <p class="hint">{fields.reachHint}</p>
      <Field
        id="phone"
        label={fields.phone}
        hint={fields.phoneHint(format.region(country))}
        fault={faultOf('phone')}
        control={(tied) => (
          <input {...tied} type="tel" inputmode="tel" value={entry.phone} autocomplete="tel" dir="ltr" />
        )}
      />
      <Field
        id="email"
        label={fields.email}
        fault={faultOf('email')}
        control={(tied) => (
          <input
            {...tied}
            type="email"
            inputmode="email"
            value={entry.email}
            autocomplete="email"
            dir="ltr"
            autocapitalize="none"
            spellcheck={false}
          />
        )}
      />
      <fieldset class="inner" aria-describedby={faultOf('channel') && 'channel-fault'}>
        <legend>
          {fields.channel} <span class="optional">({words.optional})</span>
        </legend>
        <FaultText id="channel-fault" text={faultOf('channel')} />
        {channels.map((channel, index) => (
          <label key={channel} class="tick">
            <input
              type="radio"
              id={index === 0 ? 'channel' : undefined}
              name="channel"
              value={channel}
              checked={entry.channel === channel}
            />
            <span>{fields.channels[channel]}</span>
          </label>
        ))}
      </fieldset>
    </fieldset>
  );
};

export const Seats = ({ entry, most, fault }: { entry: Entry; most: number; fault: string | undefined }) => {
  const { words, format } = useVisitor();
  return (
    <Field
      id="seats"
      label={words.fields.seats}
      fault={fault}
      control={(tied) => (
        <select {...tied}>
          {Array.from({ length: most }, (_, index) => index + 1).map((seats) => (
            <option key={seats} value={seats} selected={seats === entry.seats}>
              {format.number(seats)}
            </option>
          ))}
        </select>
      )}
    />
  );
};

/** Never ticked beforehand; the words are the ones that are kept with what was agreed to. */
const Consent = ({ channel, entry, business }: { channel: Channel; entry: Entry; business: Business }) => {
  const { language } = useVisitor();
  const { words: text } = consentWords(channel, language, business.name);
  return (
    <label class="tick">
      <input type="checkbox" name={consentField(channel)} value="yes" checked={Boolean(entry.consents[channel])} />
      <span>{text}</span>
    </label>
  );
};

/** The last step. Checked by the API alone: the browser's own messages would come in another language. */
export const DetailsStep = ({ plan, business, entry, faults, notice, now }: Props) => {
  const visitor = useVisitor();
  const { words, format } = visitor;
  const { fields } = words;
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.text;
  const { startsAt, kept } = plan.choice;
  const keptMinutes = kept === undefined ? 0 : Math.ceil((Date.parse(kept) - now) / minute);
  const changeableUntil = Date.parse(startsAt ?? '') - business.booking.cutOffMinutes * minute;
  const zone = plan.place?.zone ?? 'UTC';
  // Seats, which are chosen here, make the price of a class.
  const total = plan.services[0]?.seats ? undefined : totalOf(plan.services);
  return (
    <StepFrame plan={plan} notice={faults.length > 0 ? <ErrorSummary faults={faults} /> : notice}>
      {startsAt && <p class="lead when">{momentWords(visitor, startsAt, zone)}</p>}
      {keptMinutes > 0 && <p class="fine">{words.book.kept(format.count(keptMinutes, words.minutes))}</p>}
      {/* In a frame of another site the answer opens in the whole window: it is a page that must not be framed. */}
      <form id={entryForm} method="post" action="/book" target="_top" noValidate>
        <Hidden values={[...choiceParams({ ...plan.choice, form: undefined }), ['formToken', entry.formToken]]} />
        {plan.services[0]?.seats && <Seats entry={entry} most={plan.services[0].seats} fault={faultOf('seats')} />}
        <Names entry={entry} faultOf={faultOf} />
        <Reach entry={entry} country={business.country} faultOf={faultOf} />
        <Field
          id="notes"
          label={fields.notes}
          hint={fields.notesHint}
          optional
          fault={faultOf('notes')}
          control={({ id, name, ...tied }) => (
            <textarea id={id} name={name} {...tied} rows={3} dir="auto" value={entry.notes} />
          )}
        />
        <fieldset>
          <legend>{fields.offers}</legend>
          <p class="hint">{fields.offersHint}</p>
          <Consent channel="email" entry={entry} business={business} />
          <Consent channel="sms" entry={entry} business={business} />
        </fieldset>
        <Honeypot />
        <div class="onward">
          <button type="submit">
            {words.book.send}
            {total && ` · ${format.money(total.price)}`}
          </button>
          {changeableUntil > now && (
            <p class="fine">{words.book.cutOff(momentWords(visitor, changeableUntil, zone))}</p>
          )}
        </div>
      </form>
    </StepFrame>
  );
};
