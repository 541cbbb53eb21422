import { useMediaQuery } from '@mantine/hooks';
import { SuggestionCards } from './SuggestionCards.tsx';
import classes from './Suggestions.module.css';

/** Where the client panel is a drawer, the suggestion stands above the composer, within reach. */
export function InlineSuggestion({ threadId }: { threadId: string }) {
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const phone = useMediaQuery('(max-width: 719.98px)', false, { getInitialValueInEffect: false });
  if (wide) return null;
  return (
    <div className={classes.inline}>
      <SuggestionCards threadId={threadId} folded={phone} />
    </div>
  );
}
