/** `STATE NAME TIMES`: keeps that many words on sites and on tests, one after the other, all of its own. */
import { OverlayStore } from '../../../server/graph/overlays/overlay-store.ts';

const [state = '', name = '', times = '0'] = process.argv.slice(2);
const store = new OverlayStore(state);
for (let i = 0; i < Number(times); i++) {
  store.addConfirmations([{ file: `${name}.ts`, line: i, column: 0, hash: 'h', restsOn: 'r', targets: [] }]);
  store.recordCoverage(
    [{ runner: 'pytest', id: `${name} ${i}`, name: `${i}`, file: `${name}.ts`, hash: 'h', covered: [] }],
    () => 'h',
  );
}
