import { useVisitor } from '../visitor.ts';
import { PhoneLink } from './phone-link.tsx';

export interface Contact {
  name: string;
  phone?: string | undefined;
}

/** Whom to call where the page can't help. */
export const Contacts = ({ places }: { places: readonly Contact[] }) => {
  const { words } = useVisitor();
  const reachable = places.filter((place) => place.phone);
  if (reachable.length === 0) return null;
  return (
    <section class="contacts" aria-label={words.callUs}>
      <ul class="plain">
        {reachable.map(({ name, phone = '' }) => (
          <li key={name}>
            <bdi>{name}</bdi>
            <PhoneLink phone={phone} />
          </li>
        ))}
      </ul>
    </section>
  );
};
