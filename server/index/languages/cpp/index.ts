import { tagLanguage } from '../../tags/tag-language.ts';
import { c } from '../c/index.ts';

/** What only C++ has: words at the beginning of a line, and scopes. */
const ONLY_CPP = /^\s*(?:class|namespace|template|using|public|private|protected)\b|\w::\w|\boperator\b/m;
const HEADER = /\.(?:h|hh|hpp|hxx|h\+\+|ipp|tpp|inl)$/i;

export const cpp = tagLanguage({
  name: 'cpp',
  extensions: ['.h', '.cc', '.cpp', '.cxx', '.c++', '.hh', '.hpp', '.hxx', '.h++', '.ipp', '.tpp', '.inl'],
  names: {
    family: 'c',
    reachesMethods: true,
    callMakesInstance: true,
    common:
      'size length begin end cbegin cend rbegin rend empty at front back push_back emplace_back pop_back push_front insert erase emplace find count clear resize reserve data c_str str substr append first second get reset release swap lock unlock try_lock join detach load store open close read write flush put seekg tellg what name type value has_value value_or what top push pop assign compare starts_with ends_with contains',
  },
  // Like VS Code, which takes every header for one of C++.
  grammarOf: (file, text) => (/\.h$/i.test(file) && !ONLY_CPP.test(text) ? c : undefined),
  sharesLocals: (file) => HEADER.test(file),
});
