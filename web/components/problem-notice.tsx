import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/contract.ts';
import { otherFaults } from '../booking/faults.ts';
import { problemWords } from '../i18n/problems.ts';
import { useVisitor } from '../visitor.ts';
import { Notice } from './notice.tsx';

/** What did not happen and why, in the visitor's words, and then whatever else helps. */
export const ProblemNotice = ({ problem, children }: { problem: ProblemBody; children?: ComponentChildren }) => {
  const { title, text } = problemWords(useVisitor(), problem);
  return (
    <Notice kind="fault" title={title}>
      {text && <p>{text}</p>}
      {children}
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
