const HOSTS: readonly object[] = [
  Array.prototype,
  String.prototype,
  Number.prototype,
  Object.prototype,
  Function.prototype,
  RegExp.prototype,
  Date.prototype,
  Map.prototype,
  Set.prototype,
  WeakMap.prototype,
  Promise.prototype,
  Promise,
  Object,
  Array,
  Math,
  JSON,
  Reflect,
  console,
  Uint8Array.prototype,
  EventTarget.prototype,
];

const PYTHON = `append extend insert remove pop clear index count sort reverse copy keys values items get update
  setdefault popitem fromkeys add discard union intersection difference issubset issuperset join split rsplit
  splitlines strip lstrip rstrip replace find rfind startswith endswith upper lower title capitalize format encode
  decode isdigit isalpha isalnum isspace zfill read readline readlines write writelines close open flush seek tell
  send throw next start run put acquire release wait notify set is_set exists mkdir unlink resolve group match
  search sub findall finditer compile debug info warning error exception critical log total_seconds isoformat`;

const OTHERS = `on off once emit addListener removeListener addEventListener removeEventListener fetch send
  end pipe write read close open next throw return then catch finally toString valueOf use route post patch
  delete put head options request response json text status render mount listen init load save create update
  remove reset start stop run execute process handle dispatch subscribe unsubscribe`;

/** Names so common that one definition of them in a workspace says nothing about a call of an unknown receiver. */
export const builtInNames: ReadonlySet<string> = new Set([
  ...HOSTS.flatMap((host) => Object.getOwnPropertyNames(host)),
  ...PYTHON.split(/\s+/),
  ...OTHERS.split(/\s+/),
]);
