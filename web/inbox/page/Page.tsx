import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

/** A place that is a page: title, what it is for, its main actions, and a column that scrolls. */
export function Page({
  title,
  lead,
  actions,
  back,
  wide = false,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string } | undefined;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes.page}>
      <div className={`${classes.inner} ${wide ? classes.wide : ''}`}>
        <header className={classes.head}>
          <div className={classes.titles}>
            {back !== undefined && (
              <Link to={back.to} className={classes.back}>
                <IconChevronLeft size={14} className="p-mirror" aria-hidden />
                {back.label}
              </Link>
            )}
            <h1 className={classes.title}>{title}</h1>
            {lead !== undefined && <p className={classes.lead}>{lead}</p>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A part of a page under a heading of its own; `id` makes it a place to jump to. */
export function Section({
  id,
  title,
  text,
  children,
}: {
  id?: string;
  title: string;
  text?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.section} {...(id === undefined ? {} : { id })} aria-label={title}>
      <h2 className={classes.sectionTitle}>{title}</h2>
      {text !== undefined && <p className={classes.sectionText}>{text}</p>}
      {children}
    </section>
  );
}
