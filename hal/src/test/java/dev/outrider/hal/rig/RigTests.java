package dev.outrider.hal.rig;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a package's tests marked {@link InRig}, in the rig, and prints one line for each. */
public final class RigTests implements TestExecutionListener {

    static final String MARK = "RIGTEST";

    private final Map<TestIdentifier, Long> started = new HashMap<>();
    private int failed;
    private int passed;

    private RigTests() {}

    public static void main(String[] arguments) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // an emulated machine is slow
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectPackage(arguments[0]))
                        .filters(TagFilter.includeTags(InRig.TAG))
                        .build();
        var report = new RigTests();
        LauncherFactory.create().execute(request, report);
        System.out.printf("%s done passed=%d failed=%d%n", MARK, report.passed, report.failed);
        System.out.flush();
        System.exit(report.failed == 0 ? 0 : 1);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        System.out.printf("%s SKIP %s: %s%n", MARK, name(test), reason);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test, System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<Throwable> failure = result.getThrowable();
        if (failure.isPresent()) {
            failed++;
            System.out.printf("%s FAIL %s%n", MARK, name(test));
            failure.get().printStackTrace(System.out);
        } else if (test.isTest()) {
            passed++;
            long millis = (System.nanoTime() - started.getOrDefault(test, 0L)) / 1_000_000;
            System.out.printf("%s PASS %s %d ms%n", MARK, name(test), millis);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        System.out.flush();
    }

    private static String name(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().stream()
                .skip(1)
                .map(segment -> segment.getValue().replaceFirst("^dev\\.outrider\\.hal\\.", ""))
                .reduce((left, right) -> left + "." + right)
                .orElse(test.getDisplayName());
    }
}
