import { tagLanguage } from '../../tags/tag-language.ts';

export const csharp = tagLanguage({
  name: 'csharp',
  extensions: ['.cs', '.csx'],
  names: {
    reachesMethods: true,
    common:
      'Add AddRange Remove RemoveAt Clear Contains ContainsKey TryGetValue ToString Equals GetHashCode GetType Dispose DisposeAsync CompareTo Clone CopyTo IndexOf Insert Sort Reverse Where Select SelectMany First FirstOrDefault Single SingleOrDefault Last LastOrDefault Any All Count Sum Min Max Average OrderBy OrderByDescending ThenBy GroupBy Join Distinct Take Skip Concat Union Except Intersect ToList ToArray ToDictionary ToHashSet AsEnumerable AsQueryable Append Replace Split Substring Trim TrimStart TrimEnd StartsWith EndsWith Format ToLower ToUpper Parse TryParse Invoke BeginInvoke EndInvoke GetEnumerator MoveNext Read ReadLine ReadAsync Write WriteLine WriteAsync Flush Close Open Start Stop Run Wait GetAwaiter GetResult ConfigureAwait ContinueWith Cancel Dequeue Enqueue Push Pop Peek Get Set Create Build Execute Handle Send SendAsync Load Save Update Delete Init Initialize Reset Log',
  },
});
