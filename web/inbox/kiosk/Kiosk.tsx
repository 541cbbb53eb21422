import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wall as WallNow } from '../../../server/wall/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Wall } from '../live/Wallboard.tsx';

/** The wallboard by its link, without a sign-in: pushed by the server, dark once the link is revoked. */
export function Kiosk() {
  const { t } = useTranslation('live');
  const { token } = useParams({ strict: false }) as { token: string };
  const [now, setNow] = useState<(WallNow & { aheadMs: number }) | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const line = new EventSource(`/api/v1/wall/${token}/stream`);
    line.onmessage = (event: MessageEvent<string>) => {
      const data = JSON.parse(event.data) as WallNow;
      setNow({ ...data, aheadMs: Date.parse(data.at) - Date.now() });
    };
    line.addEventListener('gone', () => {
      setGone(true);
      line.close();
    });
    // Refused for good, and not only cut off: then the browser does not try again by itself.
    line.onerror = () => setGone(line.readyState === EventSource.CLOSED);
    return () => line.close();
  }, [token]);
  if (gone)
    return (
      <main style={{ height: '100dvh' }}>
        <Empty title={t('kiosk.gone')} text={t('kiosk.goneText')} order={1} />
      </main>
    );
  if (now === null) return null;
  return (
    <main style={{ height: '100dvh' }}>
      <Wall live={now} title={now.storeName ?? t('wall')} place={now.storeName ?? ''} kiosk />
    </main>
  );
}
