import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { Words } from './words.ts';

/** Asks where an answer reaches somebody who leaves; `onSave` answers whether the server took it. */
export function EmailCard(props: {
  words: Words;
  text: string;
  askName: boolean;
  onSave(email: string, name: string): Promise<boolean>;
  onDismiss: (() => void) | null;
}) {
  const { words } = props;
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function save(form: HTMLFormElement) {
    const values = new FormData(form);
    const email = String(values.get('email')).trim();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return setWrong(true);
    setBusy(true);
    setWrong(!(await props.onSave(email, String(values.get('name') ?? '').trim())));
    setBusy(false);
  }

  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget);
      }}
    >
      <p>
        <Icon name="mail" />
        {props.text}
      </p>
      {props.askName && (
        <label>
          <span>
            {words.say('name')} <small>({words.say('optional')})</small>
          </span>
          <input name="name" autocomplete="name" maxLength={200} dir="auto" />
        </label>
      )}
      <label>
        <span>{words.say('email')}</span>
        <input
          name="email"
          type="email"
          autocomplete="email"
          inputMode="email"
          maxLength={320}
          dir="ltr"
          required
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'email-wrong' : undefined}
          onInput={() => setWrong(false)}
        />
      </label>
      {isWrong && (
        <p class="problem" id="email-wrong" role="alert">
          {words.say('emailWrong')}
        </p>
      )}
      <div class="card-buttons">
        <button type="submit" class="primary" disabled={isBusy}>
          {words.say('save')}
        </button>
        {props.onDismiss && (
          <button type="button" class="plain" onClick={props.onDismiss}>
            {words.say('notNow')}
          </button>
        )}
      </div>
    </form>
  );
}
