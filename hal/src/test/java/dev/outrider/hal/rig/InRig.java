package dev.outrider.hal.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Marks tests that need the simulated devices of the virtual machine in src/test/rig. */
@Tag(InRig.TAG)
@EnabledIfEnvironmentVariable(
        named = SimulatedLine.RIG,
        matches = ".+",
        disabledReason = "runs in the virtual machine of src/test/rig, by RigIT")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InRig {

    String TAG = "rig";
}
