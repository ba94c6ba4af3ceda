#!/bin/bash
# A virtual machine with simulated hardware, built from Debian's own packages, for the tests of dev.outrider.hal.linux.
#
#   rig.sh ready       says whether the rig is built for this JDK and this recipe; exit 69 and the reason if not
#   rig.sh build       builds it once and keeps it; about a minute and 220 MB of downloads
#   rig.sh boot DIR    boots it with DIR at /rig, runs DIR/run-tests.sh, prints the console
#
# RIG_CACHE    where it is kept; the user's cache folder otherwise
# RIG_ACCEL    QEMU's accelerator; software emulation otherwise (a /dev/kvm may open and yet hang the guest)
# RIG_TIMEOUT  seconds a boot may take; 400 otherwise
# JAVA_HOME    a JDK 25, whose runtime is linked into the machine
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${RIG_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/outrider/rig}
modules=java.base,java.logging,java.management,java.xml,jdk.unsupported,jdk.zipfs
packages="qemu-system-x86 busybox-static cpio kmod gcc make libc6-dev libelf1 xz-utils"
PATH=$PATH:/usr/sbin:/sbin

say() { echo "rig: $*" >&2; }

need() {
    local missing=()
    for command in "$@"; do
        command -v "$command" > /dev/null || missing+=("$command")
    done
    [ ${#missing[@]} = 0 ] && return 0
    say "missing ${missing[*]}; on Debian: apt-get install --no-install-recommends $packages"
    exit 69
}

# The recipe and the JDK name the build; the kernel it got is written beside it.
locate() {
    [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/jlink" ] || { say "JAVA_HOME must name a JDK 25 with jlink"; exit 69; }
    key=$(cat "$here"/{rig.sh,init,Kbuild,outrider-rig.c} "$JAVA_HOME/release" | sha256sum | cut -c1-16)
    built=$cache/$key
}

ready() {
    need qemu-system-x86_64
    locate
    [ -f "$built/ok" ] || { say "not built for this recipe and JDK; run $here/rig.sh build"; exit 69; }
}

depends() { apt-cache depends "$1" | awk '/Depends:/{print $NF}'; }

download() {
    kernel=$(depends linux-image-amd64 | sed -n 's/^linux-image-//p' | head -1)
    [ -n "$kernel" ] || { say "apt offers no linux-image-amd64; the rig is built on Debian"; exit 69; }
    source=linux-source-$(echo "$kernel" | cut -d. -f1,2)
    say "kernel $kernel"
    cd "$work/debs"
    apt-get -qq -o APT::Sandbox::User="$(id -un)" download "linux-image-$kernel" "linux-headers-$kernel" \
        $(depends "linux-headers-$kernel" | grep -E '^linux-(headers-.*-common|kbuild-)') "$source"
    for deb in linux-image*.deb; do dpkg -x "$deb" "$work/image"; done
    for deb in linux-headers*.deb linux-kbuild*.deb; do dpkg -x "$deb" "$work/headers"; done
}

# Takes three files out of the kernel source and stops reading once it has them.
unpack_source() {
    local files=("$source"/drivers/gpio/{gpio-sim.c,gpiolib.h} "$source/kernel/irq/irq_sim.c")
    { dpkg --fsys-tarfile "$source"_*.deb | tar xO "./usr/src/$source.tar.xz" | xz -dc -T0 \
        | tar x --occurrence=1 -C "$work/source" "${files[@]}"; } 2> /dev/null || true
    for file in "${files[@]}"; do
        [ -f "$work/source/$file" ] || { say "$file is not in $source"; exit 70; }
    done
    if grep -q dev-sync-probe.h "$work/source/$source/drivers/gpio/gpio-sim.c"; then
        say "gpio-sim of kernel $kernel needs dev-sync-probe, which this recipe does not build yet"
        exit 70
    fi
}

# Debian's kernels leave gpio-sim out. It calls irq_to_desc(), which is not exported to modules; the exported
# generic_handle_irq_safe() does the same. 6.1 also wants gpiolib.h beside it.
build_modules() {
    local tree=$work/source/$source headers=$work/headers/usr/src/linux-headers-$kernel compiler
    cd "$work/modules"
    cp "$tree/drivers/gpio/gpio-sim.c" gpio-sim-main.c
    cp "$tree/drivers/gpio/gpiolib.h" "$here/Kbuild" "$here/outrider-rig.c" .
    sed 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq_safe(irqnum)/' "$tree/kernel/irq/irq_sim.c" > irq_sim.c
    grep -q generic_handle_irq_safe irq_sim.c || { say "irq_sim.c of kernel $kernel changed"; exit 70; }
    sed -i "s#/usr/src/#$work/headers/usr/src/#" "$headers/Makefile"
    rm -f "$headers/vmlinux"
    # the headers name the compiler of the kernel; plain gcc will do for two small modules
    compiler=$(sed -n 's/^.*\(gcc-[0-9]*\).*$/\1/p' "$headers/.kernelvariables" | head -1)
    compiler=$(command -v "$compiler" || command -v gcc)
    nice make -s -C "$headers" M="$PWD" CC="$compiler" modules -j2 > make.log 2>&1 || { cat make.log >&2; exit 70; }
    image=$(cd "$work/image" && { [ -d lib/modules ] || cd usr; } && pwd)
    mkdir -p "$image/lib/modules/$kernel/extra"
    cp ./*.ko "$image/lib/modules/$kernel/extra/"
    depmod -b "$image" "$kernel"
}

# Copies a module and what it needs into the machine, in load order; what this kernel has built in drops out.
put() {
    local module=$1 file base
    shift
    modprobe -d "$image" -S "$kernel" --show-depends "$module" > "$work/needs" 2> /dev/null || { say "kernel $kernel has no $module"; return 0; }
    awk '/^insmod/{print $2}' "$work/needs" | while read -r file; do
        base=$(basename "$file" | sed 's/\.[xz][zs]t*d*$//')
        [ ! -f "$root/m/$base" ] || continue
        case $file in
            *.xz) xz -dc "$file" > "$root/m/$base" ;;
            *.zst) zstd -dqc "$file" > "$root/m/$base" ;;
            *) cp "$file" "$root/m/$base" ;;
        esac
        if [ "${base%.ko}" = "$module" ]; then echo "$base $*"; else echo "$base"; fi
    done >> "$root/m/order"
}

put_modules() {
    put virtio_pci
    put 9pnet_virtio
    put 9p
    put configfs
    put gpio-sim
    put i2c-dev
    put i2c-stub chip_addr=0x40,0x48,0x76
    put spidev
    put outrider-rig
    put can-raw
    put vcan
    put softdog soft_margin=60
    put i6300esb
    put dummy_hcd
    put cdc-acm
    put usb_f_acm # before g_serial, which asks for it
    put g_serial
}

put_programs() {
    cp "$here/init" "$root/init"
    chmod 755 "$root/init"
    cp "$(command -v busybox)" "$root/bin/busybox"
    ln -s busybox "$root/bin/sh"
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --generate-cds-archive --output "$root/jre" > /dev/null
    { ldd "$root/jre/bin/java" "$root/jre/lib/server/libjvm.so" | awk '$3 ~ /^\//{print $3}'
      ldconfig -p | awk '/libgcc_s.so.1 .*x86-64/{print $NF}'; } | sort -u | grep -v /jre/ \
        | xargs -I{} cp -L {} "$root/lib/rig/"
    cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
}

build() {
    need apt-get dpkg xz gcc make cpio busybox depmod modprobe qemu-system-x86_64
    locate
    [ ! -f "$built/ok" ] || { say "already built in $built"; return 0; }
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/work.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    root=$work/root
    mkdir -p "$work"/{debs,image,headers,source,modules} "$root"/{m,bin,lib/rig,lib64}
    download
    unpack_source
    build_modules
    put_modules
    put_programs
    mkdir -p "$built"
    (cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet) > "$built/initrd"
    cp "$work"/image/boot/vmlinuz-* "$built/vmlinuz"
    echo "$kernel" > "$built/kernel"
    touch "$built/ok"
    say "built in $built"
}

boot() {
    ready
    local folder
    folder=$(cd "$1" && pwd)
    nice -n 10 timeout "${RIG_TIMEOUT:-400}" qemu-system-x86_64 \
        -accel "${RIG_ACCEL:-tcg,thread=multi}" -cpu max -M q35 -m 1536 -smp 2 \
        -nographic -nodefaults -serial stdio -no-reboot -device i6300esb \
        -kernel "$built/vmlinuz" -initrd "$built/initrd" -append "console=ttyS0 panic=-1 quiet" \
        -fsdev local,id=work,path="$folder",security_model=none,readonly=on \
        -device virtio-9p-pci,fsdev=work,mount_tag=work < /dev/null | sed -u 's/\r//g'
}

case ${1:-} in
    ready) ready ;;
    build) build ;;
    boot) boot "${2:?a folder}" ;;
    *) sed -n '2,12p' "$0"; exit 64 ;;
esac
