import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { otherFaults } from '../booking/choice/faults.ts';
import { canBeWaitedFor, problemWords, retryWords } from '../i18n/problems.ts';
import { type Contact, Contacts } from './parts/contacts.tsx';
import { Notice } from './parts/notice.tsx';
import { useVisitor } from './visitor.ts';

interface Props {
  problem: ProblemBody;
  /** Whom to call, where the words say so. */
  places?: readonly Contact[] | undefined;
  children?: ComponentChildren;
}

const asksToCall = ({ code }: ProblemBody): boolean => code === 'too_many_requests' || code === 'booking_refused';

/** Tells what did not happen and why, in the visitor's words, and then whatever else helps. */
export const ProblemNotice = ({ problem, places = [], children }: Props) => {
  const visitor = useVisitor();
  const { title, text } = problemWords(visitor, problem);
  return (
    <Notice kind="fault" title={title}>
      {text && <p>{text}</p>}
      {canBeWaitedFor(problem) && <p>{retryWords(visitor, problem)}</p>}
      {children}
      {asksToCall(problem) && <Contacts places={places} />}
    </Notice>
  );
};

/** The faults that no field of the form shows. */
export const OtherFaults = ({ problem }: { problem: ProblemBody }) =>
  otherFaults(problem).map((message) => (
    <p key={message} lang="en">
      {message}
    </p>
  ));
