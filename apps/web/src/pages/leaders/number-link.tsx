import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { compareLink, listLink } from './links';
import { isCounted, piecesOf, shownCount, type Counted, type Part, type Said } from './said';
import { figureName, t } from './words';
import styles from './leaders.module.css';

/** A number that opens what it counts. Its label says so, and of which row. */
export const NumberLink = ({ n, text, to, by = 'list', row }: Counted & Readonly<{ row?: string | undefined }>): ReactNode => {
  const name = [row, figureName(to.scope, to.figure)].filter(Boolean).join(' ');
  return (
    <Link className={styles['n']} to={by === 'list' ? listLink(to) : compareLink(to)} aria-label={t('openList', { name, n: text ?? n })}>
      {shownCount({ n, to, ...(text === undefined ? {} : { text }) })}
    </Link>
  );
};

const PartShown = ({ part }: Readonly<{ part: Part | undefined }>): ReactNode => {
  if (part === undefined) return null;
  if (typeof part === 'string') return part;
  if (typeof part === 'number') return <strong>{part}</strong>;
  if (isCounted(part)) return <NumberLink {...part} />;
  return part.map((said, at) => (
    <Fragment key={said.key + String(at)}>
      {at > 0 && t('comma')}
      <Sentence said={said} />
    </Fragment>
  ));
};

/** A sentence whose numbers can be opened. */
export const Sentence = ({ said: { key, parts = {} } }: Readonly<{ said: Said }>): ReactNode =>
  piecesOf(key).map((piece, at) => (
    <Fragment key={String(at)}>{'text' in piece ? piece.text : <PartShown part={parts[piece.name]} />}</Fragment>
  ));

export const Lead = ({ said }: Readonly<{ said: Said }>): ReactNode => (
  <p className={styles['lead']}>
    <Sentence said={said} />
  </p>
);
