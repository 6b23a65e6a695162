/** A codicon. It says nothing to a screen reader: the words beside it, or `IconButton`'s name, do. */
export function Icon({ name, tone, spin }: { name: string; tone?: Tone; spin?: boolean }) {
  const classes = ['codicon', `codicon-${name}`, tone && `tone-${tone}`, spin && 'codicon-modifier-spin'];
  return <span className={classes.filter(Boolean).join(' ')} aria-hidden="true" />;
}

/** Colour means state. */
export type Tone = 'proven' | 'failing' | 'running' | 'warning' | 'muted';
