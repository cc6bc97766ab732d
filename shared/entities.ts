/**
 * Names of the table's items that the reader of the stream follows. A store declares its entity under the name, the
 * manifest filters the stream by it, and a record that is already in the table bears it: never change a value.
 */
export const appointmentEntityName = 'Appointment';
export const reviewEntityName = 'Review';
export const jobEntityName = 'Job';
export const waitingEntityName = 'Waiting';
export const blockEntityName = 'Block';
/** A tombstone: in the place of a block or a day's entry it tells that nothing stands there any more. */
export const goneEntityName = 'Gone';
export const addressProofEntityName = 'AddressProof';
export const catalogueEntityName = 'Catalogue';

export const followedEntities = [
  appointmentEntityName,
  reviewEntityName,
  jobEntityName,
  waitingEntityName,
  blockEntityName,
  goneEntityName,
  addressProofEntityName,
  catalogueEntityName,
] as const;
