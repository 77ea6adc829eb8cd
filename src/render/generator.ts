/** The name of the software that made a feed, as feeds give it. */
export const GENERATOR = "Dateline";
