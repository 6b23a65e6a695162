import { Icon } from './icon.tsx';

interface IconButtonProps {
  icon: string;
  /** The accessible name, also shown as the tooltip. */
  name: string;
  onPress: () => void;
  disabled?: boolean;
  pressed?: boolean;
  type?: 'button' | 'submit';
}

export function IconButton({ icon, name, onPress, disabled, pressed, type = 'button' }: IconButtonProps) {
  return (
    <button
      type={type}
      className="icon-button"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
