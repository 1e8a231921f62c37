/** Commands on a finding as dialogs; for any page that has the finding before it. */
export { CommandDialog } from './command-dialog';
export { EvidenceDialog } from './evidence-dialog';
export { hasForm, isGrave, type FormCommand } from './registry';
