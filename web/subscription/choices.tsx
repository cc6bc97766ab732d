import type { Subscription } from '../api.ts';
import { linkPath, type Params } from '../frame/address.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { useVisitor } from '../frame/visitor.ts';

interface Props {
  subscription: Subscription;
  token: string;
  carried: Params;
}

const Stop = ({ token, carried, scope, text, hint }: Omit<Props, 'subscription'> & StopWords) => (
  <form method="post" action={linkPath('u', token)} class="stop">
    <Hidden values={carried} />
    <button type="submit" name="scope" value={scope} class={scope === 'all' ? 'secondary' : undefined}>
      {text}
    </button>
    <p class="fine">{hint}</p>
  </form>
);
type StopWords = { scope: 'marketing' | 'all'; text: string; hint: string };

/** Lists what is sent now, with a button for each thing that can be stopped. */
export const SubscriptionChoices = ({ subscription, token, carried }: Props) => {
  const { words } = useVisitor();
  const says = words.subscription;
  const { all, resumable, marketing, reviews, channel, business } = subscription;
  const stateOf = (sent: boolean) => <span class={sent ? 'state on' : 'state'}>{sent ? says.sent : says.stopped}</span>;
  return (
    <>
      <h1>{says.title}</h1>
      <p class="lead">{says.intro(<bdi>{business}</bdi>, says.channel[channel])}</p>
      <ul class="plain lines ticket">
        <li>
          <span>{says.offers}</span>
          {stateOf(marketing)}
        </li>
        <li>
          <span>{says.reviews}</span>
          {stateOf(reviews)}
        </li>
        <li>
          <span>{says.service}</span>
          {stateOf(all)}
        </li>
      </ul>
      {(marketing || reviews) && (
        <Stop token={token} carried={carried} scope="marketing" text={says.stopOffers} hint={says.stopOffersText} />
      )}
      {all && <Stop token={token} carried={carried} scope="all" text={says.stopAll} hint={says.stopAllText} />}
      {!all && <p>{resumable ? says.nothing : says.unreachable}</p>}
      {resumable && (
        <form method="post" action={linkPath('u', token)} class="stop">
          <Hidden values={carried} />
          <button type="submit" name="resume" value="yes" class="secondary">
            {says.resume}
          </button>
          <p class="fine">{says.resumeText}</p>
        </form>
      )}
    </>
  );
};
