#!/usr/bin/env bash
# A real Kubernetes of one node on this machine, for tests: etcd, apiserver, controller-manager, scheduler, kubelet, containerd.
# Everything comes from Debian packages; Kubernetes itself is built from Debian's source once (about 8 minutes) and kept in the
# cache. Needs root on Debian and about 1 GiB of memory; no Docker, no systemd.
#
#   cluster.sh build               get and build what is missing in the cache
#   cluster.sh up                  start everything and print the path of the kubeconfig; again: just prints it
#   cluster.sh down                stop everything and remove the state
#   cluster.sh stop NAME           kill -9 a component: etcd apiserver controllers scheduler containerd kubelet
#   cluster.sh start NAME          start it (again) and wait until it serves
#   cluster.sh pause|resume NAME   kill -STOP, kill -CONT
#   cluster.sh reboot              kill -9 kubelet, containerd and all that runs in containers; start both again
#   cluster.sh pid NAME            its process id
#   cluster.sh compact             compact etcd up to now: watches from older versions get "410 Gone"
#   cluster.sh images DIR          write the images as DIR/*.tar, for another cluster
#   cluster.sh engine DIR DOTNET   make the image of agentdeck, from its folder and that of the .NET framework it runs on
#   cluster.sh gateway             the address under which pods reach this machine; the API server's certificate names it
#
# AGENTDECK_CLUSTER_STATE   a cluster is its state directory (/tmp/agentdeck-cluster); several live side by side
# AGENTDECK_CLUSTER_CACHE   where builds are kept (~/.cache/agentdeck/kubernetes-VERSION)
# AGENTDECK_CLUSTER_OWNER   a process id: the cluster goes down by itself when that process ends
#
# All components and containers live in one process and mount namespace whose first process is STATE/init. Killing that one
# ends every process of the cluster and unmounts everything, so nothing of a run that was killed survives a later `down` or `up`.
set -Eeuo pipefail
trap 'echo "cluster: $BASH_COMMAND failed at ${BASH_SOURCE[0]}:$LINENO" >&2' ERR

VERSION=1.20.2
CACHE="${AGENTDECK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/agentdeck/kubernetes-$VERSION}"
STATE="${AGENTDECK_CLUSTER_STATE:-/tmp/agentdeck-cluster}"
LOCKS=/run/lock/agentdeck-cluster
COMPONENTS="etcd apiserver controllers scheduler containerd kubelet"
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

say() { echo "cluster: $*" >&2; }
die() { say "$*"; exit 1; }

. "$HERE/build.sh"
. "$HERE/images.sh"
. "$HERE/components.sh"

# Holds a lock on descriptor 9 until this script ends; what it starts must not inherit that.
lock() { mkdir -p "$LOCKS"; exec 9>"$LOCKS/$(echo "$1" | sha256sum | cut -c1-16)"; flock 9; }

# The first process of the cluster's namespace, found by its program: a recorded id may belong to somebody else by now.
init_pid() { { find /proc -maxdepth 2 -name exe -lname "$STATE/init*" 2>/dev/null || true; } | head -1 | cut -d/ -f3; }

enter() { local init; init=$(init_pid); [ -n "$init" ] || die "not up"; nsenter --target "$init" --mount --pid -- "$@"; }

# A slot is ports and pod addresses that no other cluster uses. Its lock is held by init, so it is free again when that ends.
take_slot() {
  mkdir -p "$LOCKS"
  for SLOT in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    exec 8>"$LOCKS/slot-$SLOT"
    flock -n 8 || continue
    ports
    local used=0 port
    for port in "$API_PORT" "$ETCD_PORT" "$PEER_PORT" "$KUBELET_PORT"; do
      (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && used=1
    done
    [ $used = 1 ] || { echo "$SLOT" > "$STATE/slot"; return; }
  done
  die "no free ports between 16440 and 16600"
}

ports() { API_PORT=$((16443 + SLOT * 10)) ETCD_PORT=$((16444 + SLOT * 10)) PEER_PORT=$((16445 + SLOT * 10)) KUBELET_PORT=$((16446 + SLOT * 10)); }

create_space() {
  cp /bin/bash "$STATE/init"
  mkdir -p "$STATE/host" "$STATE/log" "$STATE/run"
  # Kubelet, containerd and CNI have paths of their own that no option moves; inside, those lead into the state directory.
  # The kubelet would else remove the pod logs of every other cluster on this machine.
  setsid unshare --mount --pid --fork --mount-proc "$STATE/init" -c '
    for path in /run/netns /run/containerd /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers; do
      mkdir -p "$path" "$0/host$path" && mount --bind "$0/host$path" "$path" || exit 1
    done
    touch "$0/run/space"
    trap "" HUP INT TERM
    while :; do sleep infinity & wait $!; done' "$STATE" > "$STATE/log/init.log" 2>&1 < /dev/null 9>&- &
  exec 8>&-
  wait_for "the namespace" test -e "$STATE/run/space"
}

watch_owner() {
  [ -n "${AGENTDECK_CLUSTER_OWNER:-}" ] || return 0
  # shellcheck disable=SC2016 # for the inner shell
  setsid bash -c 'tail --pid="$1" -f /dev/null; exec "$0" down' "$HERE/cluster.sh" "$AGENTDECK_CLUSTER_OWNER" > /dev/null 2>&1 < /dev/null 9>&- &
}

wait_for() {
  local what=$1 _; shift
  for _ in $(seq 600); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
  die "$what did not come up; see $STATE/log"
}

up() {
  [ "$(id -u)" = 0 ] || die "needs root"
  build
  lock "$STATE"
  if [ -n "$(init_pid)" ] && [ -e "$STATE/up" ]; then echo "$STATE/kubeconfig"; return; fi
  remove
  mkdir -p "$STATE"; touch "$STATE/slot"
  take_slot
  create_space
  watch_owner
  settings
  start etcd; start containerd
  load_images
  start apiserver; start controllers; start scheduler; start kubelet
  wait_for "the node" node_is_ready
  wait_for "the default service account" kubectl get serviceaccount default
  touch "$STATE/up"
  echo "$STATE/kubeconfig"
}

down() { lock "$STATE"; remove; }

remove() {
  local init containers=() id
  [ ! -e "$STATE" ] || [ -e "$STATE/slot" ] || die "$STATE was not made by this script; remove it yourself or set AGENTDECK_CLUSTER_STATE"
  init=$(init_pid)
  [ ! -d "$STATE/containerd-run" ] || mapfile -t containers < <(cd "$STATE/containerd-run" && find . -path './*task/k8s.io/*' -prune -printf '%f\n')
  if [ -n "$init" ]; then
    kill -9 "$init"
    while [ -d "/proc/$init" ]; do sleep 0.05; done
  fi
  for id in "${containers[@]}"; do
    find /sys/fs/cgroup -maxdepth 3 -type d -path "*/k8s.io/$id" -exec rmdir {} + 2>/dev/null || true
  done
  rm -rf "$STATE"
}

known() { case " $COMPONENTS " in *" $1 "*) ;; *) die "no component '$1'; there are $COMPONENTS" ;; esac; }
signal() { local pid; pid=$(pid_of "$2") || die "$2 is not running"; kill "-$1" "$pid"; }

case "${1:-}" in
  build) build ;;
  up) up ;;
  down) down ;;
  images) mkdir -p "${2:?a directory}"; pack_images "$2"; ls "$2"/*.tar ;;
  engine) lock "$STATE"; load_engine "${2:?a directory}" "${3:?a directory}" ;;
  gateway) SLOT=$(cat "$STATE/slot") || die "not up"; gateway ;;
  reboot) lock "$STATE"; SLOT=$(cat "$STATE/slot"); ports; reboot ;;
  compact) SLOT=$(cat "$STATE/slot"); ports; compact ;;
  start | stop | pause | resume | pid)
    known "${2:-}"; SLOT=$(cat "$STATE/slot") || die "not up"; ports
    case "$1" in
      start) lock "$STATE"; start "$2" ;;
      stop) lock "$STATE"; stop "$2" ;;
      pause) signal STOP "$2" ;;
      resume) signal CONT "$2" ;;
      pid) pid_of "$2" || die "$2 is not running" ;;
    esac ;;
  *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2 ;;
esac
