import type { Money } from '../../../shared/platform/fields.ts';
import type { Service } from '../../api.ts';

/** A business has one currency, so prices add up. */
export const totalOf = (services: readonly Service[]): { price: Money; minutes: number } | undefined => {
  const [first] = services;
  if (!first) return undefined;
  return {
    price: {
      amount: services.reduce((sum, service) => sum + service.price.amount, 0),
      currency: first.price.currency,
    },
    minutes: services.reduce((sum, service) => sum + service.durationMinutes, 0),
  };
};
