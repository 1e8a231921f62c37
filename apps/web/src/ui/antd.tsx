import type { PropsWithChildren, ReactNode } from 'react';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { antdTheme } from '../../build/antd-theme.mjs';

/** Around pages that use Ant Design: its words in Chinese, its looks as built. Loaded with those pages only. */
export const Antd = ({ children }: PropsWithChildren): ReactNode => (
  <ConfigProvider theme={antdTheme} locale={zhCN} button={{ autoInsertSpace: false }}>
    {children}
  </ConfigProvider>
);
