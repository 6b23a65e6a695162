import { tagLanguage } from '../../tags/tag-language.ts';

export const kotlin = tagLanguage({
  name: 'kotlin',
  extensions: ['.kt', '.kts'],
  names: {
    reachesMethods: true,
    callMakesInstance: true,
    common:
      'let run apply also with use map mapNotNull flatMap filter filterNotNull forEach onEach fold reduce sumOf first firstOrNull last lastOrNull single any all none count min max sorted sortedBy groupBy associate associateBy zip take drop plus minus contains add addAll remove clear put get getOrNull getOrPut getOrElse set isEmpty isNotEmpty isBlank toList toSet toMap toString toInt toLong equals hashCode copy component1 component2 invoke close read write open start stop join launch async await collect emit send receive name ordinal values valueOf iterator next hasNext size length append trim split replace substring startsWith endsWith format println print require check error build create init execute handle process update delete save load',
  },
});
