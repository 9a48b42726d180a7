# Certificates, settings and processes of one cluster. Expects STATE and the ports of its slot.

# The first address of the pods' network is this machine's end of it.
gateway() { echo "10.88.$((SLOT * 16)).1"; }

settings() {
  local certificates="$STATE/certificates"
  mkdir -p "$certificates" "$STATE/cni"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$certificates/ca.key" -out "$certificates/ca.crt" -subj /CN=agentdeck-test -days 30 2>/dev/null
  openssl genrsa -out "$certificates/accounts.key" 2048 2>/dev/null
  sign apiserver /CN=kube-apiserver DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1,IP:"$(gateway)"
  sign admin /O=system:masters/CN=admin DNS:admin
  sign kubelet /O=system:nodes/CN=system:node:localhost DNS:localhost,IP:127.0.0.1
  kubeconfig "$STATE/kubeconfig" admin
  kubeconfig "$STATE/kubelet.kubeconfig" kubelet
  printf '#!/bin/sh\nexec "%s" --kubeconfig "%s" --cache-dir "%s" "$@"\n' "$(type -P kubectl)" "$STATE/kubeconfig" "$STATE/kubectl-cache" > "$STATE/kubectl"
  chmod +x "$STATE/kubectl"

  # A score below zero needs a capability that small virtual machines lack; without restrict_oom_score_adj runc dies of that.
  cat > "$STATE/containerd.toml" <<T
version = 2
root = "$STATE/containerd"
state = "$STATE/containerd-run"
[grpc]
  address = "$STATE/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$STATE/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "agentdeck.test/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "$([ "$(stat -f -c %T "$STATE")" = overlayfs ] && echo native || echo overlayfs)"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$TOOLS/usr/lib/cni"
    conf_dir = "$STATE/cni"
T
  cat > "$STATE/cni/10-pods.conflist" <<J
{"cniVersion": "0.4.0", "name": "pods", "plugins": [{"type": "ptp", "ipMasq": false,
  "ipam": {"type": "host-local", "dataDir": "$STATE/addresses", "ranges": [[{"subnet": "10.88.$((SLOT * 16)).0/20"}]]}}]}
J
  cat > "$STATE/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 127.0.0.1
port: $KUBELET_PORT
readOnlyPort: 0
healthzPort: 0
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $certificates/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $certificates/kubelet.crt
tlsPrivateKeyFile: $certificates/kubelet.key
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failSwapOn: false
makeIPTablesUtilChains: false
maxPods: 500
imageGCHighThresholdPercent: 100
evictionHard: {}
registryPullQPS: 0
# A new node is ready at its second report; a report that changes nothing is not sent.
nodeStatusUpdateFrequency: 4s
nodeStatusReportFrequency: 5m0s
volumePluginDir: $STATE/volume-plugins
Y
}

# sign NAME SUBJECT ALTERNATIVE-NAMES
sign() {
  local file="$STATE/certificates/$1"
  openssl req -newkey rsa:2048 -nodes -keyout "$file.key" -out "$file.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$file.csr" -CA "$STATE/certificates/ca.crt" -CAkey "$STATE/certificates/ca.key" -CAcreateserial \
    -out "$file.crt" -days 30 -extfile <(echo "subjectAltName=$3") 2>/dev/null
}

# kubeconfig FILE CERTIFICATE
kubeconfig() {
  cat > "$1" <<Y
apiVersion: v1
kind: Config
clusters: [{name: agentdeck-test, cluster: {server: "https://127.0.0.1:$API_PORT", certificate-authority: $STATE/certificates/ca.crt}}]
users: [{name: admin, user: {client-certificate: $STATE/certificates/$2.crt, client-key: $STATE/certificates/$2.key}}]
contexts: [{name: agentdeck-test, context: {cluster: agentdeck-test, user: admin, namespace: default}}]
current-context: agentdeck-test
Y
  chmod 600 "$1"
}

command_of() {
  local certificates="$STATE/certificates"
  case "$1" in
    etcd) COMMAND=(etcd --data-dir "$STATE/etcd" --unsafe-no-fsync --listen-peer-urls "http://127.0.0.1:$PEER_PORT"
      --listen-client-urls "http://127.0.0.1:$ETCD_PORT" --advertise-client-urls "http://127.0.0.1:$ETCD_PORT") ;;
    apiserver) COMMAND=(kube-apiserver --etcd-servers="http://127.0.0.1:$ETCD_PORT" --bind-address=127.0.0.1 --secure-port="$API_PORT"
      --tls-cert-file="$certificates/apiserver.crt" --tls-private-key-file="$certificates/apiserver.key" --client-ca-file="$certificates/ca.crt"
      --audit-policy-file="$HERE/audit-policy.yaml" --audit-log-path="$STATE/log/audit.log"
      --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$certificates/accounts.key"
      --service-account-signing-key-file="$certificates/accounts.key" --service-cluster-ip-range=10.96.0.0/24 --authorization-mode=Node,RBAC
      # The node's name is `localhost`, so that the apiserver reaches a kubelet that listens on loopback only.
      --kubelet-preferred-address-types=Hostname --kubelet-certificate-authority="$certificates/ca.crt"
      --kubelet-client-certificate="$certificates/admin.crt" --kubelet-client-key="$certificates/admin.key") ;;
    controllers) COMMAND=(kube-controller-manager --kubeconfig "$STATE/kubeconfig" --leader-elect=false --port=0 --secure-port=0
      --flex-volume-plugin-dir="$STATE/volume-plugins" --use-service-account-credentials
      --service-account-private-key-file="$certificates/accounts.key" --root-ca-file="$certificates/ca.crt") ;;
    scheduler) COMMAND=(kube-scheduler --kubeconfig "$STATE/kubeconfig" --leader-elect=false --port=0 --secure-port=0) ;;
    containerd) COMMAND=(containerd --config "$STATE/containerd.toml") ;;
    kubelet) COMMAND=(kubelet --config "$STATE/kubelet.yaml" --kubeconfig "$STATE/kubelet.kubeconfig" --hostname-override=localhost
      --container-runtime=remote --container-runtime-endpoint="unix://$STATE/containerd.sock"
      --root-dir "$STATE/kubelet" --cert-dir "$STATE/kubelet-certificates") ;;
  esac
}

start() {
  pid_of "$1" > /dev/null || {
    local COMMAND; command_of "$1"
    # shellcheck disable=SC2016 # for the inner shell
    enter bash -c 'log=$1 pid=$2; shift 2; setsid "$@" >> "$log" 2>&1 < /dev/null & echo $! > "$pid"' \
      start "$STATE/log/$1.log" "$STATE/run/$1.pid" "${COMMAND[@]}" 9>&-
  }
  case "$1" in
    etcd) wait_for etcd curl -sf "http://127.0.0.1:$ETCD_PORT/health" ;;
    containerd) wait_for containerd ctr --address "$STATE/containerd.sock" version ;;
    apiserver) wait_for apiserver kubectl get --raw /readyz ;;
  esac
}

stop() {
  local pid
  pid=$(pid_of "$1") || return 0
  kill -9 "$pid"
  while pid_of "$1" > /dev/null; do sleep 0.02; done
}

# What a node is after its power went: nothing of what ran in a container is left, and nobody said goodbye. Then it comes up again.
reboot() {
  stop kubelet; stop containerd
  # shellcheck disable=SC2016 # for the inner shell
  enter bash -c '
    for exe in /proc/[0-9]*/exe; do
      case $(readlink "$exe") in *containerd-shim*) pid=${exe#/proc/}; kill -9 "${pid%/exe}" ;; esac
    done
    for status in $(grep -lsE "^NSpid:([[:space:]]+[0-9]+){2}" /proc/[0-9]*/status); do
      pid=${status#/proc/}; kill -9 "${pid%/status}" 2> /dev/null || true
    done'
  start containerd; start kubelet
}

# The file has the id inside the namespace, which no process outside can have taken over; callers get the one they can signal.
pid_of() {
  local inner space status pid
  inner=$(cat "$STATE/run/$1.pid" 2>/dev/null) || return 1
  space=$(readlink "/proc/$(init_pid)/ns/pid") || return 1
  for status in $(grep -lsE "^NSpid:.*[[:space:]]$inner\$" /proc/[0-9]*/status || true); do
    pid=${status#/proc/}; pid=${pid%/status}
    [ "$(readlink "/proc/$pid/ns/pid")" = "$space" ] && { echo "$pid"; return; }
  done
  return 1
}

compact() {
  local etcd="http://127.0.0.1:$ETCD_PORT/v3" revision
  revision=$(curl -sf "$etcd/maintenance/status" -d '{}' | grep -oE '"revision":"[0-9]+"' | grep -oE '[0-9]+')
  curl -sf "$etcd/kv/compaction" -d "{\"revision\":\"$revision\",\"physical\":true}" > /dev/null
  echo "$revision"
}

kubectl() { "$STATE/kubectl" "$@"; }

node_is_ready() {
  [ "$(kubectl get node localhost -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status} {.spec.taints}')" = "True " ]
}
