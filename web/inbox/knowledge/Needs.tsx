import { useTranslation } from 'react-i18next';
import type { Article } from '../../../server/knowledge/schema.ts';
import { useNow } from '../../shared/ui/format.ts';
import { Badge } from '../page/Badge.tsx';

/** What an article waits for: to be put right, or to be looked at again. */
export function Needs({ article }: { article: Article }) {
  const { t } = useTranslation('knowledge');
  const now = useNow();
  return (
    <>
      {article.flaggedAt !== null && <Badge tone="red">{t('needs.correction')}</Badge>}
      {article.reviewBy !== null && Date.parse(article.reviewBy) <= now && (
        <Badge tone="amber">{t('needs.review')}</Badge>
      )}
    </>
  );
}
