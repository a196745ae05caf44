/** What a command ends with. A number that is higher says something worse. */
export const EXIT = {
  /** all is valid, or done */
  valid: 0,
  /** something of the data has an error */
  issues: 1,
  /** a file could not be read or written, or the command was not understood: nothing was done */
  unreadable: 2,
} as const;

/** What a command line asks for and cannot have: said without the whole usage. */
export class CommandFault extends Error {}
