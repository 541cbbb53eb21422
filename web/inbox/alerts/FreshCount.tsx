import { count, useLocale } from '../../shared/ui/format.ts';
import classes from './Bell.module.css';
import { useFreshAlerts } from './queries.ts';

/** The small number on a bell; nothing when nothing is new. Its words are in the bell's own name. */
export function FreshCount() {
  const locale = useLocale();
  const fresh = useFreshAlerts();
  if (fresh === 0) return null;
  return (
    <span
      className={classes.count}
      aria-hidden
      data-count={fresh > 9 ? `${count(9, locale)}+` : count(fresh, locale)}
    />
  );
}
