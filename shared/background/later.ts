/** Due work that can't be done now and loses nothing by waiting: its message stays in the queue. The reason is a code, for the log. */
export class Later extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Later';
  }
}
