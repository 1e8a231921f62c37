/** An event since the workbook was made, as far as it matters here. */
export type Move = Readonly<{ type: string; legId: string | null; at: string }>;

/**
 * What leaves a filled row as true as it was: clocks that knock, words and files beside it. A unit adds its evidence after it took the
 * workbook out, and reminders come by themselves.
 */
const BESIDE: ReadonlySet<string> = new Set([
  'EvidenceAdded',
  'EvidenceRemoved',
  'CommentAdded',
  'LegSignedFor',
  'LegAssigned',
  'DeadlineApproached',
  'DeadlinePassed',
  'DueTimeMoved',
  'InstructionGiven',
  'InstructionReplied',
]);

/**
 * Of what happened since, that which the row no longer knows of: on its own leg, or on the finding as a whole; where it answers items,
 * answers of any leg.
 */
export const movesThatMatter = <M extends Move>(moves: readonly M[], legId: string, answersItems: boolean): readonly M[] =>
  moves.filter(
    (move) => !BESIDE.has(move.type) && (move.legId === null || move.legId === legId || (answersItems && move.type === 'ItemsAnswered')),
  );
