import type { ReactNode } from 'react';
import { Progress, Steps } from 'antd';
import { Antd } from './antd';

/** How far long work is, 0 to 1; null while that is unknown. */
export const DeskProgress = ({ share, label }: Readonly<{ share: number | null; label: string }>): ReactNode => (
  <Antd>
    <Progress
      percent={share === null ? 100 : Math.floor(share * 100)}
      status={share === null ? 'active' : 'normal'}
      showInfo={share !== null}
      aria-label={label}
    />
  </Antd>
);

/** Where one is in work of several steps, from 0. */
export const DeskSteps = ({ steps, at }: Readonly<{ steps: readonly string[]; at: number }>): ReactNode => (
  <Antd>
    <Steps size="small" current={at} responsive items={steps.map((title) => ({ title }))} />
  </Antd>
);
