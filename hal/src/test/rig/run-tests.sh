# Runs inside the virtual machine, started by init: the JUnit tests, then a hardware watchdog nobody feeds.
java="/jre/bin/java -Xshare:auto -XX:+ErrorFileToStdout -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
java="$java -cp /rig/classes:/rig/lib/*"

$java dev.outrider.hal.rig.RigTests dev.outrider.hal
echo "RIG tests ended with $?"

$java dev.outrider.hal.rig.StarvedWatchdog
sleep 30
