# Runs inside hal's virtual machine: the packaged robot on a board of simulated chips, then its bench.
java="/jre/bin/java -Xshare:auto -XX:+ErrorFileToStdout --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
small="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
app=/rig/app/quarkus-run.jar

$java $small -Doutrider.app=$app -Doutrider.patience=400 -cp "/rig/classes:/rig/lib/*" \
    dev.outrider.hal.rig.RigTests dev.outrider.journey
echo "RIG tests ended with $?"

$java -jar $app bench hal --in 30 --out 31 --pwm outrider-rig --edges 300 --soak PT20S --json
echo "RIG bench ended with $?"
