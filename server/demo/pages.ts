import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { z } from 'zod';
import { shopSystem } from './shopSystem.ts';
import type { Sink } from './sink.ts';

/** What the newcomer can do as a client. */
export interface ClientSide {
  sink: Sink;
  widgetUrl: string;
  channelKey: string;
  /** Sends a letter to the store. */
  letter(letter: { from: string; subject: string; text: string }): Promise<void>;
  /** Says something to the bot. */
  message(text: string): Promise<void>;
  /** What the newcomer and the bot said, oldest first. */
  talk(): { by: 'you' | 'bot'; text: string; at: Date }[];
}

const letter = z.object({ from: z.email(), subject: z.string().min(1).max(200), text: z.string().min(1).max(10_000) });
const message = z.object({ text: z.string().min(1).max(4_000) });

/** A page of the shop with the chat on it, a form for letters, a Telegram chat, and the letters that Parley sent. */
export async function servePages(
  port: number,
  side: () => ClientSide,
): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  app.use('/shop', shopSystem());
  app.use(express.json());
  app.get('/', (_request, response) => {
    response.type('html').send(page(side()));
  });
  app.get('/state', (_request, response) => {
    const letters = side().sink.letters.slice(-30).reverse();
    response.json({ letters, talk: side().talk() });
  });
  app.post('/letter', async (request, response) => {
    const parsed = letter.safeParse(request.body);
    if (!parsed.success) return void response.status(400).json({ error: 'Give an address, a subject and some words.' });
    await side().letter(parsed.data);
    response.status(204).end();
  });
  app.post('/message', async (request, response) => {
    const parsed = message.safeParse(request.body);
    if (!parsed.success) return void response.status(400).json({ error: 'Write something.' });
    await side().message(parsed.data.text);
    response.status(204).end();
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function page({ widgetUrl, channelKey }: ClientSide): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tideline Phones</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:64rem;margin:0 auto;padding:1rem 1rem 6rem}
header{border-bottom:2px solid #0b7285;margin-bottom:1rem}main{display:grid;gap:2rem;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr))}
h1{margin:.2rem 0}h2{font-size:1.1rem}label{display:block;margin:.5rem 0}input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}
button{font:inherit;padding:.4rem 1rem;margin-top:.5rem}article{border-top:1px solid #8886;padding:.5rem 0}pre{white-space:pre-wrap;font:inherit;margin:.3rem 0}
.you{text-align:right}small{opacity:.75}</style></head><body>
<header><h1>Tideline Phones</h1><p>The clients' side of the demo: the chat is in the corner, and here you can write letters and Telegram messages.
Answers come from the inbox.</p></header><main>
<section><h2>Write a letter</h2><form id="letter"><label>Your address<input name="from" type="email" value="you@mail.example" required></label>
<label>Subject<input name="subject" value="Galaxy A55 for my mother" required></label>
<label>Letter<textarea name="text" rows="5" required>Hello, have you got the Galaxy A55 with 256 GB in blue at Riverside?</textarea></label><button>Send</button> <small role="status"></small></form></section>
<section><h2>Telegram</h2><div id="talk" aria-live="polite"></div><form id="message"><label>Message<input name="text" required></label><button>Send</button> <small role="status"></small></form></section>
<section><h2>Letters from the store</h2><div id="letters" aria-live="polite"></div></section></main>
<script>
const put=(parent,tag,text,name)=>{const made=document.createElement(tag);made.textContent=text;if(name)made.className=name;parent.append(made);return made};
const show=async()=>{const{letters,talk}=await(await fetch('state')).json();
const left=document.getElementById('letters');left.replaceChildren();if(!letters.length)put(left,'p','None yet.');
for(const one of letters){const box=put(left,'article','');put(box,'strong',one.subject);put(box,'br','');put(box,'small',one.from+' to '+one.to.join(', ')+', '+new Date(one.at).toLocaleTimeString());put(box,'pre',one.text)}
const said=document.getElementById('talk');said.replaceChildren();for(const one of talk)put(said,'p',one.text,one.by)};
for(const id of ['letter','message']){const form=document.getElementById(id);form.addEventListener('submit',async(event)=>{event.preventDefault();
const answer=await fetch(id,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify(Object.fromEntries(new FormData(form)))});
form.querySelector('[role=status]').textContent=answer.ok?'Sent.':(await answer.json()).error;if(answer.ok&&id==='message')form.reset();show()})}
show();setInterval(show,2000);
</script><script src="${widgetUrl}/widget.js" data-channel="${channelKey}" async></script></body></html>`;
}
