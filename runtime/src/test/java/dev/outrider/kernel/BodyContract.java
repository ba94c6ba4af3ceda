package dev.outrider.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Requirement;
import dev.outrider.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kernel relies on, whatever the body. */
public abstract class BodyContract {

    protected static final Action DRIVE =
            new Action("drive", Map.of("distance", new Value.Quantity(1)));
    protected static final Action TURN =
            new Action("turn", Map.of("angle", new Value.Quantity(90)));

    protected abstract Body body();

    @Test
    void announcesVerbsOnceEachAndAlwaysAStopThatNothingForbids() {
        assertThat(body().capabilities()).extracting(c -> c.verb()).doesNotHaveDuplicates();
        assertThat(body().capabilities())
                .filteredOn(c -> c.verb().equals("stop"))
                .singleElement()
                .satisfies(stop -> assertThat(stop.parameters()).isEmpty())
                .satisfies(stop -> assertThat(stop.requires()).isEmpty());
    }

    @Test
    void requiresAReleasedEmergencyStopForEveryMotion() {
        assertThat(body().capabilities())
                .filteredOn(c -> List.of("drive", "turn", "goto").contains(c.verb()))
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.requires()).contains(Requirement.ESTOP_RELEASED));
    }

    @Test
    void carriesOutAnActionAndTellsOfItsProgressWithinZeroAndOne() {
        List<Double> told = new ArrayList<>();

        Body.Performed performed = body().perform(DRIVE, told::add, new Cancellation());

        assertThat(performed).isEqualTo(new Body.Performed.Completed());
        assertThat(told).isNotEmpty().allSatisfy(f -> assertThat(f).isBetween(0.0, 1.0));
    }

    @Test
    void doesNotMoveWhatIsCancelledAlready() {
        Cancellation cancellation = new Cancellation();
        cancellation.request("enough");

        Body.Performed performed = body().perform(TURN, f -> {}, cancellation);

        assertThat(performed).isInstanceOf(Body.Performed.Interrupted.class);
        assertThat(body().state().pose().heading()).isZero();
    }

    @Test
    void latchesTheEmergencyStopUntilItIsReleased() {
        body().engageEmergencyStop("test");

        assertThat(body().state().emergencyStop()).isTrue();
        assertThat(body().perform(DRIVE, f -> {}, new Cancellation()))
                .isInstanceOfSatisfying(
                        Body.Performed.Interrupted.class,
                        i -> assertThat(i.problem().code()).isEqualTo(ErrorCode.ESTOP_ENGAGED));
        assertThat(body().releaseEmergencyStop("test")).isEqualTo(new Body.Release.Released());
        assertThat(body().perform(DRIVE, f -> {}, new Cancellation()))
                .isEqualTo(new Body.Performed.Completed());
    }

    @Test
    void restsAtAnyTime() {
        body().rest();
        body().rest();

        assertThat(body().perform(DRIVE, f -> {}, new Cancellation()))
                .isEqualTo(new Body.Performed.Completed());
    }
}
