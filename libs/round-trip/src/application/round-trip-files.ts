/** Token: the files of workbooks under way, kept as those of imports are, in a folder of their own. */
export const RoundTripFiles = Symbol('RoundTripFiles');
