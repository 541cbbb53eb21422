import { SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../me/queries.ts';
import { Page } from '../page/Page.tsx';
import { DemandTable } from './DemandTable.tsx';
import { Gaps } from './Gaps.tsx';
import { WrongAnswers } from './WrongAnswers.tsx';

const route = getRouteApi('/shell/knowledge/learning');

/** What there is to learn: questions without an answer, answers that were wrong, and what was asked for in vain. */
export function LearningPlace() {
  const { t } = useTranslation(['learning', 'knowledge']);
  const { show = 'gaps' } = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const tabs = ['gaps', 'wrong', ...(may('reports.read') ? ['demand'] : [])];
  return (
    <Page title={t('title')} lead={t('lead')} back={{ to: '/knowledge', label: t('knowledge:title') }}>
      <SegmentedControl
        mb="md"
        aria-label={t('show')}
        value={show}
        onChange={(value) =>
          void navigate({ to: '/knowledge/learning', search: { show: value as typeof show }, replace: true })
        }
        data={tabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
      />
      {show === 'gaps' && <Gaps />}
      {show === 'wrong' && <WrongAnswers />}
      {show === 'demand' && <DemandTable />}
    </Page>
  );
}
