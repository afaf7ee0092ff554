#!/bin/busybox sh
# What a virtual host does after its kernel has started: it mounts what the agent reads, joins
# QEMU's network, enrols once, keeps the agent running, and does what the console says: it powers
# off in good order.
/bin/busybox --install -s /bin
export PATH=/bin

mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mount -t securityfs none /sys/kernel/security
for module in $(cat /modules/order); do
    insmod "/modules/$module.ko" || echo "vm: the module $module cannot be loaded"
done
mount -t efivarfs none /sys/firmware/efi/efivars
# The second disk outlives the machine: who it is, and what the agent keeps.
mount -t vfat -o quiet,umask=077 /dev/vdb /state || echo "vm: the disk cannot be mounted"

hostname "$(cat /state/name)"
ip link set lo up
ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2

export TRUSTBOARD_AGENT_STATE_DIR=/state/agent
export TRUSTBOARD_AGENT_LOG=info,trustboard_agent=debug
echo "vm: started at $(date), $(cut -d ' ' -f 1 /proc/uptime) s after the kernel"
until [ -e /state/agent/enrolment.json ]; do
    trustboard-agent enroll --server "$(cat /state/server)" --token-file /state/token || sleep 3
done
trustboard-agent run &
agent=$!

# What the kernel shows of the TPM, for tests that read it later.
capture() {
    tpm=/sys/class/tpm/tpm0
    rm -rf /state/capture
    mkdir /state/capture
    cp /sys/kernel/security/tpm0/binary_bios_measurements /state/capture/log
    cp /sys/kernel/security/ima/binary_runtime_measurements /state/capture/ima
    for bank in sha1 sha256; do
        for pcr in $(seq 0 23); do
            echo "$bank $pcr $(cat "$tpm/pcr-$bank/$pcr")"
        done
    done >/state/capture/pcrs
}

while read -r word; do
    case "$word" in
        capture) capture ;;
        poweroff) break ;;
    esac
done
echo "vm: powering off"
kill "$agent"
wait "$agent"
umount /state
# The kernel tells the TPM (TPM2_Shutdown) before it cuts the power.
poweroff -f
