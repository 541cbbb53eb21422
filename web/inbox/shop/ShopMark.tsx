import { useShop } from './queries.ts';
import classes from './Shop.module.css';

/** Whose place this is: the shop's logo and name, Parley's own until it has any. */
export function ShopMark() {
  const { name, logoUrl } = useShop();
  return (
    <div className={classes.mark}>
      <img src={logoUrl ?? '/icon.svg'} alt={name === '' ? 'Parley' : ''} />
      {name !== '' && <bdi>{name}</bdi>}
    </div>
  );
}
