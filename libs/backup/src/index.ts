export { KEPT_FILES, KEPT_TABLES, LEFT_OUT_FILES, LEFT_OUT_SCHEMAS, LEFT_OUT_TABLES, type KeptTable } from './contents';
export { BackupCancelled, BackupRefused } from './errors';
export { keyFileOf, readKeyFile, writeKeyFile, type MasterKeyToKeep } from './key-file';
export { readManifest, type Manifest } from './manifest';
export { productVersion } from './product-version';
export { restoreBackup, refuseFaults, type Restored, type RestoreProgress, type RestoreTarget } from './restore-backup';
export { takeBackup, type BackupProgress, type BackupSource } from './take-backup';
export { verifyBackup, type Fault, type Verified } from './verify-backup';
export { BackupShelf, type ShelfOutcome, type ShelfWork, type ShelvedBackup } from './backup-shelf';
