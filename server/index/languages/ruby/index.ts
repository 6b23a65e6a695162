import { tagLanguage } from '../../tags/tag-language.ts';

export const ruby = tagLanguage({
  name: 'ruby',
  extensions: ['.rb', '.rake', '.gemspec', '.ru'],
  names: {
    endings: ['.rb'],
    reachesMethods: true,
    constructorName: 'initialize',
    common:
      'new call each map collect select reject find detect inject reduce sum min max sort sort_by group_by first last size length count empty? nil? blank? present? any? all? none? include? key? has_key? fetch dig merge update store delete keys values to_s to_sym to_i to_f to_a to_h to_proc inspect hash dup clone freeze frozen? is_a? kind_of? respond_to? send public_send method methods instance_variable_get instance_variable_set class name raise puts print p require loop lambda proc tap then open close read write gets join split gsub sub strip chomp upcase downcase match match? scan start_with? end_with? push pop shift unshift concat flatten compact uniq reverse zip take drop each_with_index each_with_object id save create destroy where order run start stop get set log info warn error debug',
  },
});
