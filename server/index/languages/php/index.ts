import { tagLanguage } from '../../tags/tag-language.ts';

export const php = tagLanguage({
  name: 'php',
  extensions: ['.php', '.phtml', '.inc'],
  names: {
    endings: ['.php'],
    constructorName: '__construct',
    common:
      'get set has add remove all count first last map filter each reduce push pop toArray toString jsonSerialize offsetGet offsetSet current key next rewind valid getIterator format modify diff getMessage getCode getPrevious fetch fetchAll execute prepare query bind getName getValue setValue getId setId save create update delete find findBy findOneBy where orderBy join run handle process render log info warning error debug load open close read write send start stop reset clear init build make call register boot dispatch merge',
  },
});
