import { useTranslation } from 'react-i18next';
import { Loaded } from '../../page/Loaded.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { SignedAddressForm } from '../SignedAddressForm.tsx';
import { saySaved } from '../saySaved.ts';
import { lookupKinds, saveLookup, useLookups } from './queries.ts';

/** Where Parley asks the store's own systems about an order, a repair or a purchase. */
export function LookupsSection() {
  const { t } = useTranslation('settings');
  const lookups = useLookups();
  return (
    <Page title={t('sections.lookups')} lead={t('lookups.lead')}>
      <Loaded query={lookups}>
        {(items) =>
          lookupKinds.map((kind) => (
            <Section key={kind} title={t(`lookups.kind.${kind}`)} text={t(`lookups.text.${kind}`)}>
              <SignedAddressForm
                words="lookups"
                example="https://erp.example/parley"
                stored={items.find((each) => each.kind === kind)?.url ?? null}
                save={async (change) => {
                  await saveLookup(kind, change);
                  saySaved(t('lookups.saved'));
                }}
              />
            </Section>
          ))
        }
      </Loaded>
    </Page>
  );
}
