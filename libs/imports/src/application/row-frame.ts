import type { ListSource } from '@app/lists';
import type { Provenance } from '../domain/row-identity';
import type { Understood } from './import-job';

/** Who reported, where nobody says: the office's own round, under the document number that the sheet bears. */
export const sourceOrDefault = (source: ListSource | null, titles: Understood['titles'] | null): ListSource =>
  source ?? { kind: 'inspection', name: '督导检查', batch: null, documentNumber: titles?.documentNumber ?? null };

/** The frame that rows are identified in: who reported, in which batch or document. */
export const provenanceOf = ({ name, batch, documentNumber }: ListSource): Provenance => ({
  authority: name,
  batch: batch ?? documentNumber ?? '',
});
