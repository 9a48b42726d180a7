# What the cluster is made of, in the cache: CACHE/bin has Kubernetes, CACHE/tools Debian's own binaries. Nothing of it is
# installed: packages of servers would start them, and containerd would drive out Docker's.

TOOLS="$CACHE/tools"
export PATH="$CACHE/bin:$TOOLS/usr/bin:$TOOLS/usr/sbin:$PATH"

# No sandbox user: root's cache is usually closed to others.
apt() { apt-get -qq -o APT::Sandbox::User=root "$@"; }

require() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  apt update
  DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends "${missing[@]}" >/dev/null
}

build() {
  [ "$(id -u)" = 0 ] || die "needs root"
  require openssl curl tmux procps util-linux mount
  [ -d "$TOOLS" ] && [ -x "$CACHE/bin/kubelet" ] && return
  lock "$CACHE"
  mkdir -p "$CACHE"
  [ -d "$TOOLS" ] || fetch_tools
  [ -x "$CACHE/bin/kubelet" ] || build_kubernetes
}

fetch_tools() {
  local work="$CACHE/tools.new" deb
  rm -rf "$work"; mkdir -p "$work/deb"
  apt update
  ( cd "$work/deb" && apt download etcd-server containerd runc containernetworking-plugins kubernetes-client )
  for deb in "$work"/deb/*.deb; do dpkg -x "$deb" "$work"; done
  rm -rf "$work/deb" "$work/usr/share"
  mv "$work" "$TOOLS"
}

build_kubernetes() {
  require dpkg-dev gcc libc6-dev make rsync
  local work="$CACHE/build" mirror from
  rm -rf "$work"; mkdir -p "$work/lists/partial" "$work/archives/partial"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '/\/debian\/?$/ && !seen++')
  # Bookworm's source, built with bullseye's Go: what the 1.19 of bookworm makes of it panics when it decodes JSON.
  from="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian}"
  printf 'deb-src %s bookworm main\ndeb %s bullseye main\n' "$from" "$from" > "$work/sources.list"
  local own=(-o Dir::State::Lists="$work/lists" -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::Cache="$work")
  say "building Kubernetes $VERSION, once; about 8 minutes on 2 cores, log in $work"
  # Not in a list with `||`: inside one, bash would go on after a failure.
  trap 'tail -20 "$CACHE/build/log" >&2; say "the build failed, see $CACHE/build/log"' EXIT
  (
    cd "$work"
    apt "${own[@]}" update
    apt "${own[@]}" source --download-only kubernetes
    apt "${own[@]}" download golang-1.15-go golang-1.15-src
    for deb in golang-*.deb; do dpkg -x "$deb" go; done
    # apt has checked the source against the signed archive; dpkg-source would look for its maintainer's key.
    dpkg-source --no-check -x kubernetes_*.dsc source
    cd source
    mkdir -p .go/src/k8s.io && ln -sfn ../../.. .go/src/k8s.io/kubernetes
    # Lowest priority: tests that run meanwhile must not feel it.
    nice -n 19 env -u GOROOT -u GO111MODULE -u GOFLAGS \
      PATH="$work/go/usr/lib/go-1.15/bin:$PATH" GOPATH="$PWD/.go" GOCACHE="$work/gocache" CGO_ENABLED=0 \
      KUBE_GIT_VERSION="v$VERSION" KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_COMMIT=debian KUBE_GIT_TREE_STATE=archive \
      make -s WHAT="cmd/kube-apiserver cmd/kube-controller-manager cmd/kube-scheduler cmd/kubelet"
    mkdir -p ../bin
    cp _output/local/bin/linux/*/kube{-apiserver,-controller-manager,-scheduler,let} ../bin
    strip ../bin/*
  ) > "$work/log" 2>&1 9>&-
  trap - EXIT
  rm -rf "$CACHE/bin"; mv "$work/bin" "$CACHE/bin"
  rm -rf "$work"
}
