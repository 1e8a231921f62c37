import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './kit.module.css';

type Look = 'default' | 'primary' | 'danger' | 'plain';
const classOf = (look: Look, wide: boolean): string =>
  [styles['button'], look === 'default' ? '' : styles[look], wide ? styles['wide'] : ''].filter(Boolean).join(' ');

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & Readonly<{ look?: Look; wide?: boolean; busy?: boolean }>;

/** `busy` keeps the focus and the label, and takes no further press. */
export const Button = ({ look = 'default', wide = false, busy = false, type = 'button', onClick, ...rest }: Props): ReactNode => (
  <button
    {...rest}
    type={type}
    className={classOf(look, wide)}
    aria-disabled={busy || rest.disabled === true}
    aria-busy={busy || undefined}
    onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
  />
);

export const LinkButton = ({
  to,
  look = 'default',
  wide = false,
  children,
}: Readonly<{ to: string; look?: Look; wide?: boolean; children: ReactNode }>): ReactNode => (
  <Link to={to} className={classOf(look, wide)}>
    {children}
  </Link>
);
