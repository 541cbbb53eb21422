import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Channel, ChannelTest, HeldBack, MailboxComparison } from '../../../../server/channels/schema.ts';
import { get, type Page, patch, post, remove } from '../../../shared/api.ts';
import { useFeedEvents } from '../../feed/listen.ts';
import { queryClient } from '../../queryClient.ts';

const key = ['channels'];

/** Connected accounts with their health. */
export function useChannelList() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await get<{ items: Channel[] }>('/channels', undefined, signal)).items,
  });
}

/** A channel's health is written right after what it received, ms. */
const HEALTH_AFTER_MS = 500;

/** Keeps the health of the list up to date while messages come in; a burst asks once, when it is over. */
export function useLiveHealth(): void {
  const ask = useDebouncedCallback(() => void queryClient.invalidateQueries({ queryKey: key }), HEALTH_AFTER_MS);
  useFeedEvents((events) => {
    if (events.some((event) => event.type === 'message.received')) ask();
  });
}

/** What the form makes; the server checks it by kind. */
export interface ChannelInput {
  kind: Channel['kind'];
  name: string;
  config: Record<string, unknown>;
  targetMs: number | null;
  teamId: string | null;
  storeId: string | null;
  botMode: Channel['botMode'];
  botThreshold: number;
}

export async function connectChannel(input: ChannelInput): Promise<Channel> {
  const made = await post<Channel>('/channels', input);
  keep(made);
  return made;
}

export async function editChannel(id: string, change: Partial<Omit<ChannelInput, 'kind'>> & { paused?: boolean }) {
  const changed = await patch<Channel>(`/channels/${id}`, change);
  keep(changed);
  return changed;
}

export async function removeChannel(id: string): Promise<void> {
  await remove(`/channels/${id}`);
  queryClient.setQueryData<Channel[]>(key, (known) => known?.filter((each) => each.id !== id));
}

/** Tries the connection now. */
export function testChannel(id: string): Promise<ChannelTest> {
  return post<ChannelTest>(`/channels/${id}/test`);
}

/** Letters that could not be read, newest first. */
export function useHeldBack(channelId: string) {
  return useQuery({
    queryKey: ['channels', channelId, 'heldBack'],
    queryFn: async ({ signal }) =>
      (await get<Page<HeldBack>>(`/channels/${channelId}/quarantine`, { limit: 100 }, signal)).items,
  });
}

/** What was received and is nothing said to us, newest first; only asked for when there is some. */
export function useIgnored(channelId: string, some: boolean) {
  return useQuery({
    queryKey: ['channels', channelId, 'ignored'],
    queryFn: async ({ signal }) =>
      (await get<Page<HeldBack>>(`/channels/${channelId}/quarantine`, { outcome: 'ignored', limit: 100 }, signal))
        .items,
    enabled: some,
  });
}

/** What the mailbox holds now against what is here. */
export function useMailboxComparison(channelId: string) {
  return useQuery({
    queryKey: ['channels', channelId, 'mailbox'],
    queryFn: ({ signal }) => get<MailboxComparison>(`/channels/${channelId}/mailbox`, undefined, signal),
    gcTime: 0,
    retry: false,
  });
}

/** Reads a held-back letter again; says what became of it. */
export async function retryHeldBack(channelId: string, receiptId: string): Promise<{ outcome: string }> {
  const answer = await post<{ outcome: string }>(
    `/channels/${channelId}/quarantine/${encodeURIComponent(receiptId)}/retry`,
  );
  await queryClient.invalidateQueries({ queryKey: ['channels'] });
  return answer;
}

export function rawHref(channelId: string, receiptId: string): string {
  return `/api/v1/channels/${channelId}/quarantine/${encodeURIComponent(receiptId)}/raw`;
}

function keep(channel: Channel): void {
  queryClient.setQueryData<Channel[]>(key, (known) => {
    if (known === undefined) return known;
    return known.some((each) => each.id === channel.id)
      ? known.map((each) => (each.id === channel.id ? channel : each))
      : [...known, channel];
  });
  void queryClient.invalidateQueries({ queryKey: key });
}
