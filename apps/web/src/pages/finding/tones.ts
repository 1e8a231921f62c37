import { word } from '../../i18n/words';
import type { Tone } from '../../ui/states';

/** How far a finding or a leg is, by colour; always beside the word. */
export const stageTone = (stage: string): Tone => {
  switch (stage) {
    case 'cleared':
    case 'long-term':
    case 'passed':
      return 'green';
    case 'dismissed':
    case 'withdrawn':
    case 'linked':
      return 'grey';
    case 'returned':
    case 'under-return':
    case 'untriaged':
    case 'unsigned':
    case 'delivered':
      return 'amber';
    default:
      return 'blue';
  }
};
export const seriousnessTone = (seriousness: string): Tone =>
  seriousness === 'ordinary' ? 'grey' : seriousness === 'serious' ? 'amber' : 'red';

/** A guiding leg rectifies nothing (R2). */
export const legStageWord = ({ stage, duty }: Readonly<{ stage: string; duty: string }>): string =>
  word('leg-stage', stage === 'working' && duty === 'guides' ? 'guiding' : stage);
