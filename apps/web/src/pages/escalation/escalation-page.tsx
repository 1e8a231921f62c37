import { useMemo, useState, type ReactNode } from 'react';
import { read } from '../../api/calls';
import { escalationRungs } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { wordsOf } from '../../i18n/words';
import { SelectField } from '../../ui/fields';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Notice } from '../../ui/states';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { AnswerDialog, DeclineDialog, IssueDialog } from './decide-dialogs';
import { InterviewDialog } from './interview-dialog';
import { RungCard, type RungAct } from './rung-card';
import { goesWith, RUNGS, rungsAsked, STATES, t, type Rung } from './rungs';
import { chosenOf, Outcome, Together, type Sent } from './together';
import styles from './escalation.module.css';

const DIALOGS = { issue: IssueDialog, decline: DeclineDialog, answer: AnswerDialog, record: InterviewDialog } as const;

/** 督办: what is proposed to me, what was issued, and which letters are unanswered. */
export default function EscalationPage(): ReactNode {
  const { params, get, set } = useAddress();
  const { has } = useSession();
  const asked = useMemo(() => rungsAsked(params), [params]);
  const [open, setOpen] = useState<Readonly<{ act: RungAct; rung: Rung }> | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [sent, setSent] = useState<Sent | null>(null);
  const pages = usePages(
    ['findings', 'rungs', asked],
    (after) => read(escalationRungs({ query: { ...asked, limit: 50, ...(after === undefined ? {} : { after }) } })),
    ({ rungs }) => rungs,
  );
  const decides = has('office', 'office-head', 'leader');
  const Opened = open === null ? null : DIALOGS[open.act];
  return (
    <Page title={t('title')}>
      <Notice>{decides || has('auditor') ? t('note') : t('noteUnit')}</Notice>
      <div className={styles['filters']}>
        <SelectField
          label={t('filterMine')}
          placeholder={t('everything')}
          options={[...(decides ? [{ value: 'mine', label: t('mine') }] : []), { value: 'unanswered', label: t('unanswered') }]}
          value={get('shown')}
          onChange={(shown) => set({ shown })}
        />
        <SelectField
          label={t('filterRung')}
          placeholder={t('any')}
          options={wordsOf('rung', RUNGS)}
          value={asked.rung ?? ''}
          onChange={(rung) => set({ rung })}
        />
        <SelectField
          label={t('filterState')}
          placeholder={t('any')}
          options={wordsOf('rung-state', STATES)}
          value={asked.state ?? ''}
          onChange={(state) => set({ state })}
        />
      </div>
      {sent !== null && <Outcome {...sent} />}
      <Paged pages={pages} empty={t('none')}>
        {(rungs) => (
          <>
            <Together rungs={rungs} chosen={chosen} onChange={setChosen} onSent={setSent} />
            {rungs.map((rung) => (
              <RungCard
                key={rung.rungId}
                rung={rung}
                choice={
                  goesWith(rung, chosenOf(rungs, chosen))
                    ? {
                        value: chosen.includes(rung.rungId),
                        onChange: (on) => setChosen(on ? [...chosen, rung.rungId] : chosen.filter((one) => one !== rung.rungId)),
                      }
                    : null
                }
                onAct={(act, of) => setOpen({ act, rung: of })}
              />
            ))}
            <More more={pages.more} busy={pages.loadingMore} />
          </>
        )}
      </Paged>
      {open !== null && Opened !== null && <Opened rung={open.rung} onClose={() => setOpen(null)} />}
    </Page>
  );
}
