/** What feeds say of the software that made them. */
export const GENERATOR = "Dateline";
