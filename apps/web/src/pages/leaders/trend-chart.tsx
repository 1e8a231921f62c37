import { useEffect, useRef, type ReactNode } from 'react';
import { LineChart, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  TooltipComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Trend } from '../../api/generated/types.gen';
import { countsLegs, t } from './words';
import styles from './leaders.module.css';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
type Option = ComposeOption<LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

/** Told apart by shape and dash too, not by colour alone. */
const LINES = [
  { key: 'open', color: '#0b5cad', symbol: 'circle', type: 'solid' },
  { key: 'cleared', color: '#1e6b12', symbol: 'rect', type: 'dashed' },
  { key: 'overdue', color: '#b81220', symbol: 'triangle', type: 'dotted' },
] as const;

const optionOf = ({ points, scope }: Trend): Option => {
  const legs = countsLegs(scope);
  const names = {
    open: t(legs ? 'trend.openLegs' : 'trend.open'),
    cleared: t(legs ? 'trend.clearedLegs' : 'trend.cleared'),
    overdue: t('trend.overdue'),
  };
  return {
    animation: false,
    grid: { left: 48, right: 24, top: 40, bottom: 32 },
    legend: { top: 0 },
    // Drawn on the canvas: the page's policy allows no styles in text.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'category', data: points.map(({ day }) => day.slice(5)) },
    yAxis: { type: 'value', minInterval: 1 },
    series: LINES.map(({ key, color, symbol, type }) => ({
      type: 'line',
      name: names[key],
      data: points.map((point) => point[key]),
      symbol,
      symbolSize: 7,
      color,
      lineStyle: { type, width: 2 },
    })),
  };
};

/** The line alone; what it says stands in the table beside it. */
export default function TrendChart({ trend }: Readonly<{ trend: Trend }>): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = init(place.current);
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(optionOf(trend), true), [trend]);
  return <div ref={place} className={styles['chart']} aria-hidden="true" />;
}
