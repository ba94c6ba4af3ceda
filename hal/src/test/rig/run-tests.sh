# Runs inside the virtual machine, started by init: the JUnit tests, then a hardware watchdog nobody feeds.
classpath=/rig/classes:/rig/test-classes
for jar in /rig/lib/*.jar; do classpath=$classpath:$jar; done
java="/jre/bin/java -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp $classpath"

$java dev.outrider.hal.rig.RigTests
echo "RIG tests ended with $?"

$java dev.outrider.hal.rig.StarvedWatchdog
sleep 30
