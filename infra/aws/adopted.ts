/** A table that is there already, for the stack to use in place of one of its own. */
export interface AdoptedTable {
  tableArn: string;
  tableStreamArn: string;
}

/** The context value of CDK that names it: `-c table=<ARN of the table's stream>`. */
export const tableContext = 'table';

/** Throws when the text is no such ARN. */
export const adoptedTable = (streamArn: unknown): AdoptedTable => {
  const [, tableArn] =
    /^(arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+)\/stream\/[\w:.-]+$/.exec(String(streamArn)) ?? [];
  if (!tableArn) {
    throw new Error(
      `The context value "${tableContext}" is the ARN of the stream of the table that the stack adopts, as \`npm run adopt\` prints it; this is not: ${streamArn}`,
    );
  }
  return { tableArn, tableStreamArn: String(streamArn) };
};
