import type { ReactNode } from 'react';
import type { ListWithZeros } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/lists.json';
import { textsOf } from '../../i18n/texts';
import { DeskProgress } from '../../ui/desk-progress';
import { Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';

const t = textsOf(zh);

/** How many of the issued rows are cleared, and what is late. */
export const ListProgress = ({ counts }: Pick<ListWithZeros, 'counts'>): ReactNode => {
  const { issued, cleared, overdue, untriaged } = counts;
  if (issued === 0) return null;
  const said = t('clearedOf', { cleared, issued });
  return (
    <div>
      <div>
        {said} {overdue > 0 && <Tag tone="red">{t('overdue', { n: overdue })}</Tag>}{' '}
        {untriaged > 0 && <Tag tone="amber">{t('untriaged', { n: untriaged })}</Tag>}
      </div>
      <DeskProgress share={cleared / issued} label={said} />
    </div>
  );
};

/** 整改清零 and 销号清零 with their days, and the days they were lost (R37). */
export const ListZeros = ({ zeros }: Pick<ListWithZeros, 'zeros'>): ReactNode =>
  (zeros ?? []).map(({ kind, reached, lost }) => (
    <div key={`${kind} ${reached}`}>
      <Tag tone={lost === null ? 'green' : 'grey'}>{t(`zero.${kind}`)}</Tag>{' '}
      <time dateTime={reached}>
        {lost === null ? dayWords(reached) : t('zeroLost', { reached: dayWords(reached), lost: dayWords(lost) })}
      </time>
    </div>
  ));
