#!/bin/bash
# A virtual machine with simulated hardware, built from Debian's own packages: the tests marked @InRig run inside it.
#
#   rig.sh build [arm64]      builds it once and keeps it; says where. Exit 69 and the reason if this machine cannot
#   rig.sh boot DIR [arm64]   boots it with DIR at /rig, runs DIR/run-tests.sh, prints the console
#   rig.sh test [arm64]       builds it, and runs hal's tests in it through Maven
#
# arm64 is an emulated aarch64 board, on an amd64 Debian. Without the word the machine is of the host's kind, amd64.
#
# RIG_SUITE    takes the kernel from another suite of the mirror apt uses, such as bookworm-backports
# RIG_JDK      the suite the arm64 machine's Java comes from; trixie otherwise
# RIG_CACHE    where it is kept; the user's cache folder otherwise
# RIG_ACCEL    QEMU's accelerator; software emulation otherwise (a /dev/kvm may open and yet hang the guest)
# RIG_TIMEOUT  seconds a boot may take; 1200 otherwise
# JAVA_HOME    a JDK 25, whose jlink makes the machine's Java
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${RIG_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/outrider/rig}
peer=$here/../../main/resources/dev/outrider/hal/bench/peer.c
modules=java.se,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
packages="qemu-system-x86 busybox-static cpio kmod gcc make libc6-dev libelf1 xz-utils gpiod"
arm_packages="qemu-system-arm gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
PATH=$PATH:/usr/sbin:/sbin

say() { echo "rig: $*" >&2; }

# This machine lacks something: a reason to skip, not a fault of the recipe.
lacking() { say "$*"; exit 69; }
broken() { say "$*"; exit 70; }

need() {
    local missing=()
    for command in "$@"; do
        command -v "$command" > /dev/null || missing+=("$command")
    done
    [ ${#missing[@]} = 0 ] || lacking "missing ${missing[*]}; on Debian: apt-get install --no-install-recommends $packages"
}

# What differs between the two machines.
choose() {
    machine=${1:-amd64}
    case $machine in
        amd64)
            cross="" kbuild_arch=x86 triplet=x86_64-linux-gnu loader=lib64/ld-linux-x86-64.so.2
            qemu=(qemu-system-x86_64 -cpu max -M q35) console=ttyS0
            # Not a host thread for each processor: QEMU reads an instruction byte by byte, and one that a JVM is
            # patching meanwhile comes out torn. Hardware reads it whole, and so it does aarch64's.
            accel=tcg,thread=single ;;
        arm64)
            cross=aarch64-linux-gnu- kbuild_arch=arm64 triplet=aarch64-linux-gnu loader=lib/ld-linux-aarch64.so.1
            qemu=(qemu-system-aarch64 -cpu "max,pauth-impdef=on" -M virt) console=ttyAMA0
            accel=tcg,thread=multi
            packages="$packages $arm_packages" ;;
        *) say "no machine called $machine; there are amd64 and arm64"; exit 64 ;;
    esac
}

# apt on a tree of its own, for another suite or another machine; this machine's lists stay as they are.
tree() {
    apt=()
    [ "$machine" = arm64 ] || [ -n "${RIG_SUITE:-}" ] || return 0
    local folder=$cache/apt/$machine-$1 uri
    uri=$(awk '/^URIs:/{print $2; exit} /^deb /{for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2> /dev/null || true)
    [ -n "$uri" ] || lacking "apt's sources name no Debian mirror"
    mkdir -p "$folder/lists/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $1 main" > "$folder/list"
    apt=(-o Dir::Etc::sourcelist="$folder/list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$folder/lists"
        -o Dir::State::status=/dev/null -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Acquire::Languages=none
        -o APT::Architecture="$machine" -o APT::Architectures::="$machine" -o APT::Architectures::=amd64)
    [ -n "$(find "$folder/lists" -name '*Packages*' -mmin -1440)" ] || apt-get "${apt[@]}" -qq update > "$folder/log" 2>&1 \
        || lacking "apt cannot read $1 from its mirror: $(tail -1 "$folder/log")"
}

depends() { apt-cache "${apt[@]}" depends "$1" | awk '/Depends:/{print $NF}'; }

fetch() {
    apt-get "${apt[@]}" -qq -o APT::Sandbox::User="$(id -un)" download "$@" > "$work/log" 2>&1 \
        || lacking "apt cannot download $*: $(tail -1 "$work/log")"
}

# Kernel package, recipe and JDK name the build.
locate() {
    [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/jlink" ] || lacking "JAVA_HOME must name a JDK 25 with jlink"
    need apt-cache apt-get "${qemu[0]}"
    suite=${RIG_SUITE:-$(. /etc/os-release && echo "${VERSION_CODENAME:-}")}
    tree "$suite"
    kernel=$(depends "linux-image-$machine" 2> /dev/null | sed -n 's/^linux-image-//p' | head -1)
    [ -n "$kernel" ] || lacking "apt offers no linux-image-$machine; the rig is built on Debian, after apt-get update"
    version=$(apt-cache "${apt[@]}" policy "linux-image-$kernel" | awk '/Candidate:/{print $2}')
    key=$machine-$kernel-$({ cat "$here"/{rig.sh,init,Kbuild,outrider-rig.c} "$peer" "$JAVA_HOME/release"; echo "$version"; } \
        | sha256sum | cut -c1-12)
    built=$cache/$key
}

download() {
    source=linux-source-$(echo "$kernel" | cut -d. -f1,2)
    say "kernel $kernel ($version)"
    cd "$work/debs"
    fetch "linux-image-$kernel" "linux-headers-$kernel" "$source" \
        $(depends "linux-headers-$kernel" | sed 's/:.*//' | grep -E '^linux-headers-.*-common' | head -1) \
        "$(depends "linux-headers-$kernel" | sed 's/:.*//' | grep -E '^linux-kbuild-' | head -1):amd64"
    for deb in linux-image*.deb; do dpkg -x "$deb" "$work/image"; done
    for deb in linux-headers*.deb linux-kbuild*.deb; do dpkg -x "$deb" "$work/headers"; done
    image=$(cd "$work/image" && { [ -d lib/modules ] || cd usr; } && pwd)
}

# Takes a few files out of the kernel source and stops reading once it has them.
unpack_source() {
    local files=("$source"/drivers/gpio/{gpio-sim.c,gpiolib.h} "$source/drivers/i2c/i2c-stub.c" "$source/kernel/irq/irq_sim.c")
    { dpkg --fsys-tarfile "$source"_*.deb | tar xO "./usr/src/$source.tar.xz" | xz -dc -T0 \
        | tar x --occurrence=1 -C "$work/source" "${files[@]}"; } 2> /dev/null || true
    for file in "${files[@]}"; do
        [ -f "$work/source/$file" ] || broken "$file is not in $source"
    done
    if grep -q dev-sync-probe.h "$work/source/$source/drivers/gpio/gpio-sim.c"; then
        broken "gpio-sim of kernel $kernel needs dev-sync-probe, which this recipe does not build yet"
    fi
}

# Debian's kernels leave gpio-sim out. It calls irq_to_desc(), which is not exported to modules; the exported
# generic_handle_irq_safe() does the same. 6.1 also wants gpiolib.h beside it. The arm64 kernel has no i2c-stub.
build_modules() {
    local from=$work/source/$source headers=$work/headers/usr/src/linux-headers-$kernel compiler
    cd "$work/modules"
    cp "$from/drivers/gpio/gpio-sim.c" gpio-sim-main.c
    cp "$from/drivers/gpio/gpiolib.h" "$here/Kbuild" "$here/outrider-rig.c" .
    if ! grep -q '^CONFIG_I2C_STUB=' "$work"/image/boot/config-*; then
        cp "$from/drivers/i2c/i2c-stub.c" .
        echo 'obj-m += i2c-stub.o' >> Kbuild
    fi
    sed 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq_safe(irqnum)/' "$from/kernel/irq/irq_sim.c" > irq_sim.c
    grep -q generic_handle_irq_safe irq_sim.c || broken "irq_sim.c of kernel $kernel changed"
    sed -i "s#/usr/src/#$work/headers/usr/src/#" "$headers/Makefile"
    rm -f "$headers/vmlinux"
    # the headers name the compiler of the kernel; the plain one will do for a few small modules
    compiler=$cross$(sed -n 's/^.*\(gcc-[0-9]*\).*$/\1/p' "$headers/.kernelvariables" | head -1)
    compiler=$(command -v "$compiler" || command -v "${cross}gcc")
    nice make -s -C "$headers" M="$PWD" ARCH=$kbuild_arch CROSS_COMPILE="$cross" CC="$compiler" modules -j2 > make.log 2>&1 \
        || { cat make.log >&2; exit 70; }
    mkdir -p "$image/lib/modules/$kernel/extra"
    cp ./*.ko "$image/lib/modules/$kernel/extra/"
    depmod -b "$image" "$kernel"
}

# Copies a module and what it needs into the machine, in load order; what this kernel has built in drops out.
put() {
    local module=$1 file base
    shift
    modprobe -d "$image" -S "$kernel" --show-depends "$module" > "$work/needs" 2> /dev/null \
        || { say "kernel $kernel has no $module"; return 0; }
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
    put i2c-stub chip_addr=0x29,0x40,0x41,0x45,0x48,0x68,0x76
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

link_java() {
    "$JAVA_HOME/bin/jlink" "$@" --add-modules "$modules" --no-header-files --no-man-pages --output "$root/jre" > /dev/null
}

put_programs() {
    cp "$here/init" "$root/init"
    chmod 755 "$root/init"
    "${cross}gcc" -O2 -static -o "$root/bin/outrider-bench-peer" "$peer"
    "put_programs_$machine"
    ln -s busybox "$root/bin/sh"
}

put_programs_amd64() {
    local tools=()
    for tool in gpiomon gpioset; do
        ! command -v $tool > /dev/null || tools+=("$(command -v $tool)")
    done
    [ ${#tools[@]} = 0 ] || cp "${tools[@]}" "$root/bin/"
    cp "$(command -v busybox)" "$root/bin/busybox"
    link_java --strip-debug --generate-cds-archive
    { ldd "$root/jre/bin/java" "$root/jre/lib/server/libjvm.so" "${tools[@]}" | awk '$3 ~ /^\//{print $3}'
      ldconfig -p | awk '/libgcc_s.so.1 .*x86-64/{print $NF}'; } | sort -u | grep -v /jre/ \
        | xargs -I{} cp -L {} "$root/lib/rig/"
    mkdir -p "$root/${loader%/*}"
    cp -L "/$loader" "$root/$loader"
}

# Debian's Java for arm64 is linked by our own jlink; the C library it needs comes from the same suite.
put_programs_arm64() {
    local gpiod folder=$work/arm64
    tree "$suite"
    gpiod=$(depends gpiod | grep -E '^libgpiod' | head -1)
    mkdir -p "$folder/debs" && cd "$folder/debs"
    fetch busybox-static gpiod "${gpiod%%:*}"
    tree "${RIG_JDK:-trixie}"
    fetch openjdk-25-jdk-headless libc6 libgcc-s1 libstdc++6 zlib1g
    for deb in *.deb; do dpkg -x "$deb" "$folder"; done
    cp "$(find "$folder" -path '*/bin/busybox' -type f | head -1)" "$root/bin/busybox"
    cp "$folder"/usr/bin/gpio{mon,set} "$root/bin/"
    link_java --strip-java-debug-attributes --module-path "$(ls -d "$folder"/usr/lib/jvm/*/jmods | head -1)"
    find "$root/jre" -name '*.debuginfo' -delete
    for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libgcc_s.so.1 libstdc++.so.6 libz.so.1; do
        cp -L "$(find "$folder" -name $library | head -1)" "$root/lib/rig/"
    done
    cp -L "$(find "$folder" -name 'libgpiod.so.[0-9]' | head -1)" "$root/lib/rig/"
    mkdir -p "$root/${loader%/*}"
    cp -L "$(find "$folder" -name "${loader##*/}" | head -1)" "$root/$loader"
}

build() {
    locate
    [ ! -f "$built/ok" ] || { say "built in $built"; return 0; }
    need dpkg xz gcc "${cross}gcc" make cpio busybox depmod modprobe
    mkdir -p "$cache"
    find "$cache" -maxdepth 1 -name "$machine-*" -mtime +14 -exec rm -rf {} +
    work=$(mktemp -d "$cache/work.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    root=$work/root
    mkdir -p "$work"/{debs,image,headers,source,modules} "$root"/{m,bin,lib/rig}
    download
    unpack_source
    build_modules
    put_modules
    put_programs
    mkdir -p "$built"
    (cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet) > "$built/initrd"
    cp "$work"/image/boot/vmlinuz-* "$built/vmlinuz"
    touch "$built/ok"
    say "built in $built, $(du -sm "$built" | cut -f1) MB"
}

boot() {
    locate
    [ -f "$built/ok" ] || lacking "not built for this kernel, recipe and JDK; run $here/rig.sh build ${machine#amd64}"
    local folder
    folder=$(cd "$1" && pwd)
    timeout "${RIG_TIMEOUT:-1200}" "${qemu[@]}" \
        -accel "${RIG_ACCEL:-$accel}" -m 2048 -smp 2 \
        -nographic -nodefaults -serial stdio -no-reboot -device i6300esb \
        -kernel "$built/vmlinuz" -initrd "$built/initrd" -append "console=$console panic=-1 quiet no_timer_check" \
        -fsdev local,id=work,path="$folder",security_model=none,readonly=on \
        -device virtio-9p-pci,fsdev=work,mount_tag=work < /dev/null | sed -u 's/\r//g'
}

word=${1:-}
case $word in
    build) choose "${2:-}" && build ;;
    boot) choose "${3:-}" && boot "${2:?a folder}" ;;
    test)
        choose "${2:-}" && (build)
        cd "$here/../../../.." && exec mvn -B -pl hal -am verify -Drig.machine="$machine" -Drig.required=true \
            -Dtest=NoUnitTest -Dit.test=RigIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false ;;
    *) sed -n '2,16p' "$0"; exit 64 ;;
esac
