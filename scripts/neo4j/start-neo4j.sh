#!/usr/bin/env bash
# Starts a real Neo4j community server in the foreground; prints "bolt ready" once it accepts connections.
#   start-neo4j.sh [PORT=7687] [DATA_DIR=./neo4j-data]     stop it with SIGTERM or Ctrl-C
#   start-neo4j.sh --prepare                               fetches and compiles only
# Environment: NEO4J_PASSWORD (turns auth on, user neo4j), NEO4J_HEAP (512m), NEO4J_PAGECACHE_MB (128),
#   NEO4J_TX_TIMEOUT_S (for clients that set none), NEO4J_TX_MEMORY_MB (per transaction), both off by default,
#   NEO4J_ENDS_WITH_INPUT (any value: it stops when its standard input ends, as with the process that started it),
#   WEFT_CACHE (~/.cache/weft), whose folder neo4j/ takes the jars.
# Needs Java 17 with javac, and Maven on the first start only.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
cache=${WEFT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/weft}/neo4j

# One jar set per pom and launcher, put in place by a rename: an interrupted fetch is never mistaken for a whole one.
key=$(cat "$here/pom.xml" "$here/Neo4jServer.java" | sha256sum | cut -c1-16)
home=$cache/$key
if [ ! -d "$home" ]; then
  mkdir -p "$cache"
  part=$(mktemp -d "$cache/.part.XXXXXX")
  trap 'rm -rf "$part"' EXIT
  echo "fetching the Neo4j jars into $home" >&2
  mvn -q -B -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part/lib" >&2
  javac -proc:none -cp "$part/lib/*" -d "$part/classes" "$here/Neo4jServer.java" >&2
  mv -T "$part" "$home" 2>/dev/null || [ -d "$home" ] # another start may have been first
  rm -rf "$part"
  trap - EXIT
fi

[ "${1:-}" != --prepare ] || exit 0

port=${1:-7687}
data=${2:-./neo4j-data}
mkdir -p "$data"
exec java -Xms128m -Xmx"${NEO4J_HEAP:-512m}" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError \
  --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
  -Dfile.encoding=UTF-8 -Djdk.nio.maxCachedBufferSize=1024 -Dio.netty.tryReflectionSetAccessible=true \
  -cp "$home/classes:$home/lib/*" Neo4jServer "$port" "$data"
