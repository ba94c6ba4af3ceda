package dev.outrider.body;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.hal.board.Board;
import dev.outrider.hal.motion.MotionResult;
import dev.outrider.hal.motion.MotionWatch;
import dev.outrider.hal.motion.Navigator;
import dev.outrider.hal.motion.Pilot;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.Speaker;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.Cancellation;
import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Observation;
import dev.outrider.model.Place;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import dev.outrider.sense.Mouth;
import dev.outrider.sense.Senses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;

/** A board's parts as the kernel's actuators and sensors. */
public final class RobotBody implements Body {

    private static final String DOCK = "dock";

    private final Board board;
    private final DriveBase base;
    private final Pilot pilot;
    private final Navigator navigator;
    private final List<Capability> capabilities;
    private final List<Place> places;
    private final Senses senses;

    /**
     * The body of a board with at least a drive base and a range sensor.
     *
     * @param senses its eyes, ears and voice, closed by the caller
     */
    public RobotBody(Board board, Senses senses) {
        this.board = board;
        this.senses = senses;
        this.base = board.part(DriveBase.class);
        this.pilot = board.pilot();
        this.navigator = board.navigator();
        this.places = board.places().stream().map(p -> new Place(p.name(), p.aliases())).toList();
        this.capabilities = capabilities(board, senses);
    }

    @Override
    public List<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public List<Place> places() {
        return places;
    }

    @Override
    public BodyState state() {
        Pose pose = base.pose();
        return new BodyState(
                new BodyState.Pose(round(pose.x()), round(pose.y()), round(pose.heading())),
                board.find(BatteryGauge.class)
                        .map(g ->
                                new BodyState.Battery(
                                        OptionalDouble.of(Math.rint(g.charge() * 1000) / 1000),
                                        g.external()))
                        .orElse(new BodyState.Battery(OptionalDouble.empty(), false)),
                board.emergencyStop().engaged());
    }

    @Override
    public Performed perform(Action action, DoubleConsumer progress, Cancellation cancellation) {
        try {
            return senses(action, progress, cancellation)
                    .orElseGet(() -> carryOut(action, new Watch(progress, cancellation)));
        } catch (EmergencyStopEngagedException e) {
            return new Performed.Interrupted(emergencyStopEngaged());
        } catch (PartException | SenseException e) {
            return failed(ErrorCode.INTERNAL, "", action.verb() + " failed: " + e.getMessage());
        } finally {
            base.rest();
        }
    }

    @Override
    public void rest() {
        base.rest();
        senses.mouth().ifPresent(Mouth::hush);
    }

    @Override
    public void engageEmergencyStop(String by) {
        board.emergencyStop().engage(by, "emergency stop requested");
    }

    @Override
    public Release releaseEmergencyStop(String by) {
        return switch (board.emergencyStop().release(by, "released at the robot")) {
            case dev.outrider.hal.safety.Release.Released released -> new Release.Released();
            case dev.outrider.hal.safety.Release.Refused(String reason) ->
                    new Release.Refused(reason);
        };
    }

    /** What the senses do of an action, or empty if it is none of theirs. */
    private Optional<Performed> senses(
            Action action, DoubleConsumer progress, Cancellation cancellation) {
        return switch (action.verb()) {
            case "look" -> senses.eyes().map(eyes -> observed(eyes.look(cancellation)));
            case "read" -> senses.eyes().map(eyes -> observed(eyes.read(cancellation)));
            case "listen" ->
                    senses.ears()
                            .map(ears ->
                                    observed(ears.listen(seconds(action), progress, cancellation)));
            case "say" ->
                    senses.mouth()
                            .map(mouth ->
                                    mouth.say(text(action, "text"), cancellation, () -> {})
                                            ? new Performed.Completed()
                                            : interrupted());
            default -> Optional.empty();
        };
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Performed observed(Optional<? extends Observation> found) {
        return found.<Performed>map(Performed.Completed::new).orElseGet(RobotBody::interrupted);
    }

    private static Performed interrupted() {
        return new Performed.Interrupted(new Problem(ErrorCode.INTERNAL, "interrupted"));
    }

    private Performed carryOut(Action action, Watch watch) {
        return switch (action.verb()) {
            case "drive" -> moved(pilot.drive(number(action, "distance"), watch));
            case "turn" -> moved(pilot.turn(number(action, "angle"), watch));
            case "goto" -> goTo(text(action, "place"), watch);
            case "dock" -> goTo(DOCK, watch);
            case "wait" -> moved(pilot.hold(seconds(action), watch));
            case "grip" -> did(board.part(Gripper.class)::grip);
            case "release" -> did(board.part(Gripper.class)::release);
            case "lamp" -> lamp(text(action, "color"));
            case "say" -> did(() -> board.part(Speaker.class).say(text(action, "text")));
            case "stop" -> did(base::rest);
            default ->
                    failed(
                            ErrorCode.UNKNOWN_VERB,
                            "",
                            "this body does not know how to " + action.verb());
        };
    }

    private Performed goTo(String name, Watch watch) {
        return board.place(name)
                .map(place -> moved(navigator.goTo(place.pose(), watch)))
                .orElseGet(() ->
                        failed(
                                ErrorCode.PARAMETER_OUT_OF_RANGE,
                                "goto.place one of the places",
                                "there is no place called " + name));
    }

    private Performed lamp(String color) {
        return LampColor.named(color)
                .map(c -> did(() -> board.part(Lamp.class).show(c)))
                .orElseGet(() ->
                        failed(
                                ErrorCode.PARAMETER_OUT_OF_RANGE,
                                "lamp.color one of the colours",
                                "the lamp does not show " + color));
    }

    private static Performed did(Runnable deed) {
        deed.run();
        return new Performed.Completed();
    }

    private static Performed moved(MotionResult result) {
        return switch (result) {
            case MotionResult.Completed(var end) -> new Performed.Completed();
            case MotionResult.Blocked(var end, String reason) ->
                    failed(ErrorCode.GATE_REFUSED, "a free way", "stopped: " + reason);
            case MotionResult.Cancelled(var end) ->
                    new Performed.Interrupted(
                            new Problem(ErrorCode.INTERNAL, "interrupted at " + end));
            case MotionResult.Interrupted(var end, var by) ->
                    new Performed.Interrupted(emergencyStopEngaged());
            case MotionResult.TimedOut(var end, Duration after) ->
                    failed(
                            ErrorCode.INTERNAL,
                            "",
                            "the motion did not end within " + after.toMillis() + " ms, at " + end);
        };
    }

    private static Performed failed(ErrorCode code, String rule, String message) {
        return new Performed.Failed(new Problem(code, rule, message));
    }

    private static Problem emergencyStopEngaged() {
        return new Problem(
                ErrorCode.ESTOP_ENGAGED,
                "estop_released",
                "the emergency stop was engaged; release it at the robot: outrider estop release");
    }

    private static Duration seconds(Action action) {
        return Duration.ofNanos((long) (number(action, "seconds") * 1e9));
    }

    private static double number(Action action, String parameter) {
        if (action.arguments().get(parameter) instanceof Value.Quantity(double number)) {
            return number;
        }
        throw ungated(action, parameter);
    }

    private static String text(Action action, String parameter) {
        if (action.arguments().get(parameter) instanceof Value.Text(String text)) {
            return text;
        }
        throw ungated(action, parameter);
    }

    private static IllegalArgumentException ungated(Action action, String parameter) {
        return new IllegalArgumentException(
                action.verb() + "." + parameter + " did not come through the gate");
    }

    /** To a tenth of a millimetre or of a thousandth of a degree: what odometry can mean. */
    private static double round(double value) {
        return Math.rint(value * 1e4) / 1e4 + 0.0;
    }

    private static List<Capability> capabilities(Board board, Senses senses) {
        List<Capability> verbs = new ArrayList<>(List.of(Verbs.drive(), Verbs.turn()));
        if (!board.places().isEmpty()) {
            verbs.add(
                    Verbs.goTo(
                            board.places().stream()
                                    .map(dev.outrider.hal.map.Place::name)
                                    .toList()));
        }
        board.place(DOCK).ifPresent(p -> verbs.add(Verbs.dock()));
        verbs.add(Verbs.await());
        board.find(Gripper.class)
                .ifPresent(g -> verbs.addAll(List.of(Verbs.grip(), Verbs.release())));
        board.find(Lamp.class).ifPresent(l -> verbs.add(Verbs.lamp()));
        boolean finds = senses.eyes().isPresent() || senses.ears().isPresent();
        if (senses.mouth().isPresent() || board.find(Speaker.class).isPresent()) {
            verbs.add(finds ? Verbs.sayFound() : Verbs.say());
        }
        verbs.add(Verbs.stop());
        senses.eyes().ifPresent(e -> verbs.addAll(List.of(Verbs.look(), Verbs.read())));
        senses.ears().ifPresent(e -> verbs.add(Verbs.listen()));
        return List.copyOf(verbs);
    }

    private record Watch(DoubleConsumer told, Cancellation cancellation) implements MotionWatch {
        @Override
        public void progress(double fraction) {
            told.accept(fraction);
        }

        @Override
        public boolean cancelled() {
            return cancellation.requested();
        }
    }
}
