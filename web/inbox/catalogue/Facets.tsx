import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, useLocale } from '../../shared/ui/format.ts';
import classes from './Catalogue.module.css';
import { useFacets } from './queries.ts';
import type { ProductSearch } from './search.ts';

/** Choices shown of each facet; the rest is found by name. */
const shownChoices = 14;

/** Categories and brands as choices with their counts; a second click takes one back. */
export function Facets({
  search,
  onChange,
}: {
  search: ProductSearch;
  onChange: (change: { category?: string | undefined; brand?: string | undefined }) => void;
}) {
  const { t } = useTranslation('catalogue');
  const facets = useFacets().data;
  if (facets === undefined) return null;
  return (
    <>
      <Facet
        title={t('category')}
        values={facets.categories}
        chosen={search.category}
        nameOf={(name) => t(`categories.${name}`, { defaultValue: name })}
        onChoose={(category) => onChange({ category })}
      />
      <Facet
        title={t('brand')}
        values={facets.brands}
        chosen={search.brand}
        nameOf={(name) => name}
        onChoose={(brand) => onChange({ brand })}
      />
    </>
  );
}

function Facet({
  title,
  values,
  chosen,
  nameOf,
  onChoose,
}: {
  title: string;
  values: { name: string; count: number }[];
  chosen: string | undefined;
  nameOf: (name: string) => string;
  onChoose: (name: string | undefined) => void;
}) {
  const locale = useLocale();
  const named = values.filter((value) => value.name !== '');
  if (named.length === 0) return null;
  return (
    <section className={classes.facet} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {named.slice(0, shownChoices).map((value) => (
          <li key={value.name}>
            <UnstyledButton
              className={classes.choice}
              aria-pressed={chosen === value.name}
              onClick={() => onChoose(chosen === value.name ? undefined : value.name)}
            >
              <span>{nameOf(value.name)}</span>
              <span>{count(value.count, locale)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
