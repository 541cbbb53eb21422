/** An answer that refuses; its code decides whether the far side tries again (4xx) or gives up (5xx). */
export function refusal(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}
