import * as z from 'zod';
import { defaultJourney, journeySchema } from './schemas/journey.ts';
import { locationSchema, resourceSchema } from './schemas/places.ts';
import { categorySchema, serviceSchema } from './schemas/services.ts';
import { settingsSchema } from './schemas/settings.ts';
import { twice, unique } from './schemas/shared.ts';
import { staffSchema } from './schemas/staff.ts';
import { templateSchema } from './schemas/templates.ts';

export * from './schemas/journey.ts';
export * from './schemas/places.ts';
export * from './schemas/services.ts';
export * from './schemas/settings.ts';
export * from './schemas/shared.ts';
export * from './schemas/staff.ts';
export * from './schemas/templates.ts';

/** All parts of a business, as they stand in the one file that `npm run seed` loads. */

/** The whole file. Every reference in it must lead somewhere. */
export const catalogueSchema = z
  .object({
    settings: settingsSchema,
    locations: z.array(locationSchema).min(1).refine(unique, twice),
    staff: z.array(staffSchema).refine(unique, twice),
    categories: z.array(categorySchema).refine(unique, twice),
    services: z.array(serviceSchema).refine(unique, twice),
    resources: z.array(resourceSchema).refine(unique, twice).default([]),
    journey: journeySchema.prefault(defaultJourney),
    templates: z.array(templateSchema).refine(unique, twice).default([]),
  })
  .superRefine((catalogue, context) => {
    const locations = new Set(catalogue.locations.map((location) => location.id));
    const services = new Set(catalogue.services.map((service) => service.id));
    const categories = new Set(catalogue.categories.map((category) => category.id));
    const kinds = new Set(catalogue.resources.map(({ kind }) => kind));
    const staff = new Set(catalogue.staff.map(({ id }) => id));
    const known = (set: Set<string>, kind: string, id: string, path: (string | number)[]) => {
      if (!set.has(id))
        context.addIssue({
          code: 'custom',
          path,
          message: `there is no ${kind} ${id}; known: ${[...set].join(', ')}`,
          params: { allowed: [...set] },
        });
    };
    catalogue.staff.forEach((person, index) => {
      person.locations.forEach((id, i) => {
        known(locations, 'location', id, ['staff', index, 'locations', i]);
      });
      person.skills.forEach((id, i) => {
        known(services, 'service', id, ['staff', index, 'skills', i]);
      });
      for (const id of Object.keys(person.hours))
        known(new Set(person.locations), 'location of this person', id, ['staff', index, 'hours', id]);
    });
    catalogue.resources.forEach((resource, index) => {
      known(locations, 'location', resource.location, ['resources', index, 'location']);
    });
    catalogue.services.forEach((service, index) => {
      known(categories, 'category', service.category, ['services', index, 'category']);
      service.locations?.forEach((id, i) => {
        known(locations, 'location', id, ['services', index, 'locations', i]);
      });
      service.needs.forEach((kind, i) => {
        known(kinds, 'room or equipment of the kind', kind, ['services', index, 'needs', i]);
      });
      if (service.timetable && !service.seats)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'timetable'],
          message: 'goes with `seats` only: other services are booked at any free time',
        });
      service.timetable?.forEach((lesson, i) => {
        known(locations, 'location', lesson.location, ['services', index, 'timetable', i, 'location']);
        known(staff, 'person', lesson.staff, ['services', index, 'timetable', i, 'staff']);
      });
      if (service.price.currency !== catalogue.settings.currency)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'price', 'currency'],
          message: `must be ${catalogue.settings.currency}, the business's currency`,
          params: { allowed: [catalogue.settings.currency] },
        });
    });
  });
export type Catalogue = z.output<typeof catalogueSchema>;
export type CatalogueFile = z.input<typeof catalogueSchema>;
