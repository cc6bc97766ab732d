import { Icon } from './icon.tsx';

/** A number that one press calls. */
export const PhoneLink = ({ phone }: { phone: string }) => (
  <a class="phone" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
    <Icon name="phone" />
    <bdi dir="ltr">{phone}</bdi>
  </a>
);
