import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model is asked, as the protocol carries it. */
export interface AskedModel {
  model: string;
  messages: { role: string; content: string; tool_call_id?: string }[];
  stream?: boolean;
  tools?: { function: { name: string } }[];
  response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: unknown } };
  authorization: string;
}

/** How the next questions are answered: with content, as a refusal, with an HTTP error, or never. */
export type ModelReply =
  | { content: string | ((asked: AskedModel) => string) }
  /** Calls these tools first, then says the content. */
  | { calls: { name: string; arguments: object }[]; content: string | ((asked: AskedModel) => string) }
  | { refusal: string }
  | { status: number }
  | { never: true };

/** How embeddings are answered: by what a text means, with an HTTP error, with nonsense, or never. */
export type EmbeddingReply =
  | { meaning: (text: string) => number[] }
  | { status: number }
  | { nonsense: unknown }
  | { never: true };

export interface OpenaiServer {
  url: string;
  embedded: { model: string; input: string[] }[];
  embedding: EmbeddingReply;
  asked: AskedModel[];
  reply: ModelReply;
  stop(): Promise<void>;
}

/** A far side that speaks the chat completions protocol of OpenAI, and says what a test wants. */
export async function startOpenaiServer(): Promise<OpenaiServer> {
  const held: OpenaiServer = {
    url: '',
    asked: [],
    reply: { status: 500 },
    embedded: [],
    embedding: { status: 500 },
    stop: async () => undefined,
  };
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
  if (request.method === 'POST' && request.url === '/v1/embeddings')
    return embed(held, JSON.parse(Buffer.concat(chunks).toString('utf8')), response);
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
  if ('calls' in reply && asked.messages.at(-1)?.role !== 'tool')
    return speak(response, asked, {
      role: 'assistant',
      content: null,
      tool_calls: reply.calls.map((call, index) => ({
        index,
        id: `call_${index}`,
        type: 'function',
        function: { name: call.name, arguments: JSON.stringify(call.arguments) },
      })),
    });
  const message =
    'refusal' in reply
      ? { role: 'assistant', content: null, refusal: reply.refusal }
      : {
          role: 'assistant',
          content: typeof reply.content === 'string' ? reply.content : reply.content(asked),
          refusal: null,
        };
  speak(response, asked, message);
}

function embed(
  { embedded, embedding }: OpenaiServer,
  asked: { model: string; input: string[] },
  response: ServerResponse,
): void {
  embedded.push(asked);
  if ('status' in embedding) send(response, embedding.status, { error: { message: 'not now', type: 'requests' } });
  else if ('nonsense' in embedding) send(response, 200, embedding.nonsense as object);
  else if ('meaning' in embedding)
    send(response, 200, {
      object: 'list',
      model: asked.model,
      data: asked.input.map((text, index) => ({ object: 'embedding', index, embedding: embedding.meaning(text) })),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    });
}

/** The whole at once, or in pieces as server-sent events. */
function speak(
  response: ServerResponse,
  asked: AskedModel,
  message: { role: string; content: string | null; refusal?: string | null; tool_calls?: object[] },
): void {
  if (asked.stream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const event = (delta: object, finish: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: asked.model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    event({ role: 'assistant' });
    if (message.refusal) event({ refusal: message.refusal });
    for (const piece of message.content?.match(/[\s\S]{1,17}/g) ?? []) event({ content: piece });
    if (message.tool_calls) event({ tool_calls: message.tool_calls });
    event({}, message.tool_calls ? 'tool_calls' : 'stop');
    response.end('data: [DONE]\n\n');
    return;
  }
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
