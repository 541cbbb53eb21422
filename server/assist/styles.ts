/** How a draft can be rewritten. */
export const styles = ['correct', 'shorter', 'kinder', 'formal'] as const;
