import type OpenAI from 'openai';

type Messages = OpenAI.ChatCompletionMessageParam[];
type Request = Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'stream' | 'messages'>;

/** A reply as it has come in, piece by piece. */
export interface Said {
  content: string;
  toolCalls: { id: string; name: string; arguments: string }[];
}

/** Letters that a reply may have: a model that never stops is stopped. */
const mostCharacters = 60_000;

/** One turn of a model, streamed. @throws when the endpoint is away, refuses, or runs on without end */
export async function modelSays(
  client: OpenAI,
  request: Request,
  messages: Messages,
  signal: AbortSignal,
): Promise<Said> {
  const stream = await client.chat.completions.create({ ...request, messages, stream: true }, { signal });
  const said: Said = { content: '', toolCalls: [] };
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta;
    if (delta?.refusal) throw new Error('the model refused');
    said.content += delta?.content ?? '';
    for (const piece of delta?.tool_calls ?? []) {
      const held = said.toolCalls[piece.index] ?? { id: '', name: '', arguments: '' };
      said.toolCalls[piece.index] = held;
      held.id ||= piece.id ?? '';
      held.name += piece.function?.name ?? '';
      held.arguments += piece.function?.arguments ?? '';
    }
    if (said.content.length > mostCharacters) {
      stream.controller.abort();
      throw new Error('the model runs on without end');
    }
  }
  return said;
}

/** A turn with its tool calls, as the next request carries it. */
export function turnOf(said: Said): OpenAI.ChatCompletionAssistantMessageParam {
  return {
    role: 'assistant',
    content: said.content || null,
    tool_calls: said.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}
