/**
 * More documents than any page needs. Unless it is told, MongoDB gives the first 101 and has to be asked again for
 * the rest.
 */
export const oneBatch = 20_000;
