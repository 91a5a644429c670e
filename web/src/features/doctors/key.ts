/** All that is asked about doctors begins with it. Apart from the queries, which the home page needs none of. */
export const DOCTORS = ['doctors']
