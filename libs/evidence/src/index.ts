export { EvidenceModule } from './evidence.module';
export { EvidenceStore, type StoredFile } from './evidence-store';
export { Uploads, type BegunUpload, type NewUpload } from './uploads';
export { ServedCopies } from './served-copy';
export { EVIDENCE_ERRORS, rejectEvidence, type EvidenceErrorCode } from './evidence.errors';
