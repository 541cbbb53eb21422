import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model is asked, as the protocol carries it. */
export interface AskedModel {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: unknown } };
  authorization: string;
}

/** How the next questions are answered: with content, as a refusal, with an HTTP error, or never. */
export type ModelReply =
  | { content: string | ((asked: AskedModel) => string) }
  | { refusal: string }
  | { status: number }
  | { never: true };

export interface OpenaiServer {
  url: string;
  asked: AskedModel[];
  reply: ModelReply;
  stop(): Promise<void>;
}

/** A far side that speaks the chat completions protocol of OpenAI, and says what a test wants. */
export async function startOpenaiServer(): Promise<OpenaiServer> {
  const held: OpenaiServer = { url: '', asked: [], reply: { status: 500 }, stop: async () => undefined };
  const server = createServer((request, response) => {
    void answer(held, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  held.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  held.stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return held;
}

async function answer(held: OpenaiServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    return send(response, 404, { error: { message: 'no such path' } });
  const asked = {
    ...(JSON.parse(Buffer.concat(chunks).toString('utf8')) as AskedModel),
    authorization: request.headers.authorization ?? '',
  };
  held.asked.push(asked);
  const { reply } = held;
  if ('never' in reply) return;
  if ('status' in reply)
    return send(response, reply.status, {
      error: { message: 'not now', type: 'requests', code: reply.status === 429 ? 'rate_limit_exceeded' : null },
    });
  const message =
    'refusal' in reply
      ? { role: 'assistant', content: null, refusal: reply.refusal }
      : {
          role: 'assistant',
          content: typeof reply.content === 'string' ? reply.content : reply.content(asked),
          refusal: null,
        };
  send(response, 200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: asked.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
