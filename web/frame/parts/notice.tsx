import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface Props {
  /** `done` tells what has happened; `fault` what has not. */
  kind: 'done' | 'fault';
  title: string;
  children?: ComponentChildren;
}

/** Takes the focus when the page opens, so that a screen reader begins with it. */
export const Notice = ({ kind, title, children }: Props) => (
  <div class={`notice ${kind}`} role={kind === 'done' ? 'status' : 'alert'} tabIndex={-1} autofocus>
    <Icon name={kind === 'done' ? 'check' : 'alert'} />
    <div>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  </div>
);
