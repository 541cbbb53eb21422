import { Button, UnstyledButton, useComputedColorScheme } from '@mantine/core';
import { IconEyeOff, IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../server/threads/schema.ts';
import { bringsColours, frameDocument, hasQuote, wantsRemote } from './htmlMail.ts';
import classes from './Message.module.css';

/** A letter as it was designed: in a frame without scripts; pictures from elsewhere only when asked for. */
export function Letter({ html, message }: { html: string; message: Message }) {
  const { id, attachments, detail } = message;
  const { t, i18n } = useTranslation('inbox');
  const scheme = useComputedColorScheme('light');
  const [remote, setRemote] = useState(false);
  const trackers = (detail?.trackers as string[] | undefined) ?? [];
  const [quotes, setQuotes] = useState(false);
  const asks = useMemo(() => wantsRemote(html), [html]);
  const quoted = useMemo(() => hasQuote(html), [html]);
  const colours = useMemo(() => {
    if (bringsColours(html)) return null;
    return scheme === 'dark' ? { text: '#e4e6ea', link: '#9dacf6' } : { text: '#1b1e24', link: '#3a47bd' };
  }, [html, scheme]);
  const dir = i18n.dir();
  const source = useMemo(
    () =>
      frameDocument(html, attachments, {
        pictures: remote ? `/api/v1/messages/${id}/images` : null,
        quotes,
        colours,
        dir,
      }),
    [html, attachments, id, remote, quotes, colours, dir],
  );
  const { frame, height } = useContentHeight(source);
  return (
    <div>
      {asks && !remote && (
        <div className={classes.bar}>
          <IconPhotoOff size={14} aria-hidden />
          <span>{t('message.remote')}</span>
          <Button size="compact-xs" variant="subtle" onClick={() => setRemote(true)}>
            {t('message.showRemote')}
          </Button>
        </div>
      )}
      {trackers.length > 0 && (
        <div className={classes.bar}>
          <IconEyeOff size={14} aria-hidden />
          <span>{t('message.trackers', { names: trackers.join(', ') })}</span>
        </div>
      )}
      <iframe
        ref={frame}
        className={classes.letter}
        title={t('message.letter')}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={source}
        style={{ height, background: colours === null ? '#fff' : 'transparent' }}
      />
      {quoted && (
        <UnstyledButton
          className={classes.fold}
          aria-expanded={quotes}
          aria-label={t(quotes ? 'message.hideRest' : 'message.showRest')}
          onClick={() => setQuotes(!quotes)}
        >
          …
        </UnstyledButton>
      )}
    </div>
  );
}

/** The frame is as high as what is in it. It has our origin (and no scripts), so that it can be measured. */
function useContentHeight(source: string) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(40);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document loads with another source
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let observer: ResizeObserver | null = null;
    const watch = () => {
      const body = element.contentDocument?.body;
      if (!body) return;
      const measure = () => setHeight(Math.min(20_000, Math.ceil(body.scrollHeight)));
      observer?.disconnect();
      observer = new ResizeObserver(measure);
      observer.observe(body);
      measure();
    };
    element.addEventListener('load', watch);
    watch();
    return () => {
      element.removeEventListener('load', watch);
      observer?.disconnect();
    };
  }, [source]);
  return { frame, height };
}
