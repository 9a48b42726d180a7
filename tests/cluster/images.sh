# The images, made from this machine's own programs:
#   agentdeck.test/agent:1   bash, tmux, and the user `scion` whom root becomes without a password
#   agentdeck.test/shell:1   the same without tmux
#   agentdeck.test/sh:1      nothing but dash and the small tools: no tmux, no bash
#   agentdeck.test/engine:1  agentdeck itself with the runtime that it needs; made when asked for

SMALL="[ test ls cat echo sleep date seq env touch mkdir rm cp mv ln readlink stat grep sed head tail tr wc cut stty id whoami uname hostname
       tee true false chmod chown sort base64 mktemp timeout yes sha256sum dd"
LARGE="bash ps pgrep pkill kill free find awk tar tput printf su infocmp clear less xargs nproc od"

# add ROOT PROGRAM...: copies programs with their libraries; those that this machine lacks are left out.
add() {
  local root=$1 name path library; shift
  for name in "$@"; do
    path=$(type -P "$name") || continue
    cp -L "$path" "$root/usr/bin/$name"
    libraries "$root" "$path"
  done
}

libraries() {
  local library
  for library in $(ldd "$2" 2>/dev/null | grep -oE '/[^ ]+' || true); do
    [ -e "$1$library" ] || install -D "$library" "$1$library"
  done
}

small_root() {
  local root=$1
  mkdir -p "$root"/{bin,usr/bin,usr/sbin,etc,tmp,proc,sys,dev,run,root,home,workspace,usr/lib/locale}
  chmod 1777 "$root/tmp"
  # shellcheck disable=SC2086 # words, not one name
  set -f; add "$root" dash $SMALL; set +f
  ln -s /usr/bin/dash "$root/bin/sh"
  cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' > "$root/etc/passwd"
  printf '%s\n' 'root:x:0:' > "$root/etc/group"
}

shell_root() {
  local root=$1 entry folder module
  small_root "$root"
  # shellcheck disable=SC2086
  add "$root" $LARGE
  ln -s /usr/bin/bash "$root/bin/bash"
  for entry in d/dumb l/linux s/screen s/screen-256color t/tmux t/tmux-256color v/vt100 x/xterm x/xterm-256color; do
    for folder in /lib/terminfo /usr/share/terminfo; do
      [ ! -f "$folder/$entry" ] || install -D -m 644 "$folder/$entry" "$root$folder/$entry"
    done
  done
  printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' 'scion:x:1000:1000:scion:/home/scion:/bin/bash' > "$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'scion:x:1000:' > "$root/etc/group"
  mkdir -p "$root/etc/pam.d" "$root/home/scion"
  chown 1000:1000 "$root/home/scion" && chmod 755 "$root/home/scion"
  for module in pam_rootok pam_permit pam_deny; do
    folder=$(find /lib/*/security /usr/lib/*/security -name "$module.so" 2>/dev/null | head -1)
    install -D -m 644 "$folder" "$root$folder"
    libraries "$root" "$folder"
  done
  printf '%s\n' 'auth sufficient pam_rootok.so' 'auth required pam_deny.so' 'account required pam_permit.so' 'session required pam_permit.so' > "$root/etc/pam.d/su"
  cp "$root/etc/pam.d/su" "$root/etc/pam.d/su-l"
  cp "$root/etc/pam.d/su" "$root/etc/pam.d/other"
}

# pack ROOT NAME ARCHIVE COMMAND: the layout of `docker save`, one layer.
pack() {
  local work="$1.pack" digest
  mkdir -p "$work"
  tar -C "$1" --numeric-owner -cf "$work/layer.tar" .
  digest=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat > "$work/config.json" <<J
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"2000-01-01T00:00:00Z","history":[],
 "config":{"Env":["PATH=/usr/local/bin:/usr/bin:/bin","LANG=C.UTF-8","TERM=xterm-256color"],"Cmd":$4,"WorkingDir":"/workspace"},
 "rootfs":{"type":"layers","diff_ids":["sha256:$digest"]}}
J
  echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"$2\"],\"Layers\":[\"layer.tar\"]}]" > "$work/manifest.json"
  tar -C "$work" -cf "$3" manifest.json config.json layer.tar
  rm -rf "$1" "$work"
}

pack_images() {
  local out=$1
  rm -rf "$out/root"
  small_root "$out/root"; pack "$out/root" agentdeck.test/sh:1 "$out/sh.tar" '["/bin/sh"]'
  shell_root "$out/root"; pack "$out/root" agentdeck.test/shell:1 "$out/shell.tar" '["/bin/bash"]'
  shell_root "$out/root"; add "$out/root" tmux; pack "$out/root" agentdeck.test/agent:1 "$out/agent.tar" '["/bin/bash"]'
  # What holds a pod's namespaces together: it only has to live until containerd kills it.
  small_root "$out/root"; pack "$out/root" agentdeck.test/pause:1 "$out/pause.tar" '["/usr/bin/sleep","infinity"]'
}

load_images() {
  local image
  mkdir -p "$STATE/images"
  pack_images "$STATE/images"
  for image in "$STATE"/images/*.tar; do ctr --address "$STATE/containerd.sock" --namespace k8s.io images import "$image" >/dev/null; done
  rm -rf "$STATE/images"
}

# load_engine PROGRAM FRAMEWORK: the folder of the program, and that of the .NET that it runs on.
load_engine() {
  local root="$STATE/engine/root" dotnet library
  dotnet=$(dirname "$(dirname "$(dirname "$2")")")
  rm -rf "$STATE/engine"; mkdir -p "$root/opt" "$root/usr/local/bin" "$root/etc/dotnet" "$root/usr/share/dotnet/shared/Microsoft.NETCore.App"
  small_root "$root"
  cp -rL "$1" "$root/opt/agentdeck"
  ln -s /opt/agentdeck/agentdeck "$root/usr/local/bin/agentdeck"
  cp -r "$dotnet/host" "$root/usr/share/dotnet/"
  cp -r "$2" "$root/usr/share/dotnet/shared/Microsoft.NETCore.App/"
  echo /usr/share/dotnet > "$root/etc/dotnet/install_location"
  for library in "$2"/*.so; do libraries "$root" "$library"; done
  # Loaded by name, so nothing lists them.
  for library in $(ldconfig -p | grep -oE '/[^ ]*/lib(ssl|crypto)\.so\.[0-9.]+$' || true); do install -D "$library" "$root$library"; done
  pack "$root" agentdeck.test/engine:1 "$STATE/engine/engine.tar" '["agentdeck"]'
  ctr --address "$STATE/containerd.sock" --namespace k8s.io images import "$STATE/engine/engine.tar" > /dev/null
  rm -rf "$STATE/engine"
}
