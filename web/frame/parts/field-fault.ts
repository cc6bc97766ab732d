/** A fault in words, with the id of the field that it is about. */
export interface FieldFault {
  field: string;
  text: string;
}
