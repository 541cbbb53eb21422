// Parley as it is started, but for its mailboxes, which are the far side of the test that started it.
import './farSideChannel.ts';

await import('../../../server/main.ts');
