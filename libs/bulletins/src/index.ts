export { BulletinsModule } from './bulletins.module';
export { BULLETIN_PROJECTIONS } from './readers';
export { BULLETIN_EVENT_TYPES } from './domain/bulletin.event-types';
export { BULLETIN_ERRORS, type BulletinErrorCode } from './domain/bulletin.errors';
export type * from './domain/bulletin.events';
export * from './domain/bulletin.types';
export { LONGEST_PERIOD_DAYS, type NextIssue } from './domain/periods';
export { BulletinDrafts, type SavedDraft } from './application/bulletin-drafts';
export { BulletinFiles, type BulletinFile, type BulletinFormat } from './application/bulletin-files';
export { FigureFreezer, type Frozen, type KnownNow } from './application/figure-freezer';
export { SHOWN } from './document/figures';
export { placesOn } from './document/places';
export { bulletinDocument, pointsShown, type IssuedContent } from './document/bulletin-document';
export { BulletinDesk, type Composed, type ProposedCorrections } from './application/bulletin-desk';
export {
  HandleBulletin,
  type BulletinAck,
  type BulletinDraft,
  type BulletinIntent,
  type CorrectedNumber,
  type HandleBulletinOptions,
} from './application/handle-bulletin';
export { BulletinQueries, type BulletinCorrection, type BulletinSummary, type IssuedBulletin } from './read-models/bulletin.queries';
