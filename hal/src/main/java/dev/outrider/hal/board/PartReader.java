package dev.outrider.hal.board;

import dev.outrider.hal.board.PartProfile.Counter;
import dev.outrider.hal.board.PartProfile.MotorDriver;
import dev.outrider.hal.board.PartProfile.Wiring;
import dev.outrider.hal.board.Resource.Expander;
import dev.outrider.hal.board.Resource.I2cChip;
import dev.outrider.hal.board.Resource.Line;
import dev.outrider.hal.board.Resource.PulseSource;
import dev.outrider.hal.device.HcSr04;
import dev.outrider.hal.device.InaBattery;
import dev.outrider.hal.device.LineStepper;
import dev.outrider.hal.device.Pca9685;
import dev.outrider.hal.device.PwmMotor;
import dev.outrider.hal.device.PwmServo;
import dev.outrider.hal.device.VescMotor;
import dev.outrider.hal.device.Vl53l0x;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the parts of one profile. What each of them takes of the machine is claimed for it. */
final class PartReader {

    private static final List<String> BRAKE_OR_COAST = List.of("brake", "coast");
    private static final List<String> HOLD_OR_LIMP = List.of("hold", "limp");
    private static final int MOST_LINES = 1023;
    private static final int MOST_CHANNELS = 63;
    private static final int MOST_BUSES = 255;
    private static final double FASTEST = 5;
    private static final double USUAL_SHUNT_OHMS = 0.1;

    /** Reads one kind of part. */
    private interface Kind {
        Wiring read(YamlSection part, String name);
    }

    private final String gpioChip;
    private final String pwmParent;
    private final Map<String, Expander> expanders = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Kind> kinds =
            Map.ofEntries(
                    Map.entry("drive", this::drive),
                    Map.entry("motor", this::motor),
                    Map.entry("servo", this::servo),
                    Map.entry("stepper", this::stepper),
                    Map.entry("encoder", this::encoder),
                    Map.entry("servo-gripper", this::gripper),
                    Map.entry("relay", this::relay),
                    Map.entry("rgb-lamp", this::lamp),
                    Map.entry("bumper", this::bumper),
                    Map.entry("hc-sr04", this::hcSr04),
                    Map.entry("vl53l0x", this::vl53l0x),
                    Map.entry("tfmini", this::tfMini),
                    Map.entry("mpu6050", this::mpu6050),
                    Map.entry("bme280", this::bme280),
                    Map.entry("ina219", (part, name) -> ina(part, name, InaBattery.Chip.INA219)),
                    Map.entry("ina226", (part, name) -> ina(part, name, InaBattery.Chip.INA226)));

    /**
     * @param board the profile's outermost section, of which the chips are taken
     */
    PartReader(YamlSection board) {
        this.gpioChip = board.text("gpio-chip");
        this.pwmParent = board.has("pwm-parent") ? board.text("pwm-parent") : "";
        if (board.has("expanders")) {
            board.sections("expanders").forEach(this::expander);
        }
    }

    private void expander(YamlSection section) {
        String name = section.text("name");
        I2cChip chip = chip(section, "expander " + name, 0x40, 0x7F);
        int hertz = section.integer("frequency", Pca9685.LEAST_HERTZ, Pca9685.MOST_HERTZ);
        section.end();
        if (expanders.put(name, new Expander(name, chip, hertz)) != null) {
            throw section.wrong("name", "two expanders are called " + name);
        }
    }

    PartProfile part(YamlSection part) {
        String kind = part.text("kind");
        String name = part.text("name");
        if (!names.add(name)) {
            throw part.wrong("name", "two parts are called " + name);
        }
        Kind known = kinds.get(kind);
        if (known == null) {
            throw part.wrong(
                    "kind",
                    "is unknown: %s; known are %s"
                            .formatted(
                                    kind,
                                    String.join(", ", kinds.keySet().stream().sorted().toList())));
        }
        return new PartProfile(name, kind, known.read(part, name));
    }

    /** A line by its number or the name the kernel knows it by. */
    Line line(YamlSection section, String key, String by) {
        return line(section, key, section.text(key), by);
    }

    private Line line(YamlSection section, String key, String text, String by) {
        if (text.isEmpty() || text.length() > 31) {
            throw section.wrong(key, "must be a line's number or name");
        }
        boolean number = Character.isDigit(text.charAt(0)) || text.charAt(0) == '-';
        String line = number ? Integer.toString(section.integer(key, text, 0, MOST_LINES)) : text;
        return section.claim(key, by, new Line(gpioChip, line));
    }

    private I2cChip chip(YamlSection section, String by, int least, int most) {
        int bus = section.integer("bus", 0, MOST_BUSES);
        return section.claim(
                "address", by, new I2cChip(bus, section.integer("address", least, most)));
    }

    /**
     * A channel of the board's PWM, such as {@code 0}, or of another kernel device or an expander,
     * such as {@code hat/0}.
     */
    private PulseSource pulses(YamlSection section, String key, String text, String by) {
        int slash = text.lastIndexOf('/');
        String owner = slash < 0 ? pwmParent : text.substring(0, slash);
        String channel = text.substring(slash + 1);
        if (owner.isEmpty()) {
            throw section.wrong(
                    key, "needs the board's pwm-parent, or the name of what the channel is of");
        }
        Expander expander = expanders.get(owner);
        return expander == null
                ? section.claim(
                        key,
                        by,
                        new Resource.Pwm(owner, section.integer(key, channel, 0, MOST_CHANNELS)))
                : section.claim(
                        key,
                        by,
                        new Resource.ExpanderChannel(
                                expander, section.integer(key, channel, 0, Pca9685.CHANNELS - 1)));
    }

    private PulseSource pulses(YamlSection section, String key, String by) {
        return pulses(section, key, section.text(key), by);
    }

    private static PwmMotor.Rest rest(YamlSection part) {
        return part.safe(BRAKE_OR_COAST) == 0 ? PwmMotor.Rest.BRAKE : PwmMotor.Rest.COAST;
    }

    private static boolean holds(YamlSection part) {
        return part.safe(HOLD_OR_LIMP) == 0;
    }

    private Wiring drive(YamlSection part, String name) {
        return new PartProfile.Drive(
                part.number("track", 0.01, FASTEST),
                wheel(part.section("left"), name + " left"),
                wheel(part.section("right"), name + " right"),
                rest(part));
    }

    private PartProfile.Wheel wheel(YamlSection wheel, String name) {
        MotorDriver driver = driver(wheel, name);
        Counter counter =
                driver instanceof PartProfile.Vesc vesc ? vesc : quadrature(wheel, "encoder", name);
        var profile =
                new PartProfile.Wheel(
                        driver,
                        counter,
                        wheel.number("ticks-per-meter", 1, 1e7),
                        wheel.number("top-speed", 0.01, FASTEST));
        wheel.end();
        return profile;
    }

    /** The motor's driver, which is known by the keys that it has. */
    private MotorDriver driver(YamlSection section, String by) {
        if (section.has("can")) {
            String network = section.text("can");
            int node = section.integer("node", 0, VescMotor.MOST_ID);
            return new PartProfile.Vesc(
                    section.claim("node", by, new Resource.CanNode(network, node)));
        }
        if (section.has("pwm-pair")) {
            List<String> both = section.texts("pwm-pair", 2);
            return new PartProfile.Pair(
                    pulses(section, "pwm-pair", both.getFirst(), by),
                    pulses(section, "pwm-pair", both.getLast(), by));
        }
        if (!section.has("pwm")) {
            throw section.wrong("a motor needs pwm, pwm-pair or can: nothing says what drives it");
        }
        PulseSource pulses = pulses(section, "pwm", by);
        return section.has("direction")
                ? new PartProfile.Directed(pulses, line(section, "direction", by))
                : new PartProfile.Bridge(
                        pulses, line(section, "forward", by), line(section, "backward", by));
    }

    private PartProfile.Quadrature quadrature(YamlSection section, String key, String by) {
        List<String> lines = section.texts(key, 2);
        return new PartProfile.Quadrature(
                line(section, key, lines.getFirst(), by), line(section, key, lines.getLast(), by));
    }

    private Wiring encoder(YamlSection part, String name) {
        return quadrature(part, "lines", name);
    }

    private Wiring motor(YamlSection part, String name) {
        return new PartProfile.Motor(
                driver(part, name),
                part.number("most-power", 0.01, 1),
                part.number("slew", 0.1, 100),
                rest(part));
    }

    private Wiring servo(YamlSection part, String name) {
        double least = part.number("least", -180, 180);
        double most = part.number("most", -180, 180);
        Duration atLeast = microseconds(part, "at-least");
        Duration atMost = microseconds(part, "at-most");
        if (!(least < most)) {
            throw part.wrong("most", "must be more degrees than least");
        }
        if (atLeast.equals(atMost)) {
            throw part.wrong("at-most", "must be another pulse than at-least");
        }
        return new PartProfile.Servo(
                pulses(part, "pwm", name),
                new PwmServo.Travel(least, most, atLeast, atMost),
                holds(part));
    }

    private Wiring stepper(YamlSection part, String name) {
        double least = part.number("least", -36_000, 36_000);
        double most = part.number("most", -36_000, 36_000);
        if (!(least < most)) {
            throw part.wrong("most", "must be more degrees than least");
        }
        return new PartProfile.Stepper(
                line(part, "step", name),
                line(part, "direction", name),
                line(part, "enable", name),
                new LineStepper.Travel(
                        part.integer("steps-per-turn", 4, 1_000_000),
                        least,
                        most,
                        part.number("speed", 0.1, 3600),
                        part.number("acceleration", 0.1, 36_000)),
                holds(part));
    }

    private Wiring gripper(YamlSection part, String name) {
        part.safe(List.of("hold"));
        return new PartProfile.Gripper(
                pulses(part, "pwm", name),
                microseconds(part, "grip"),
                microseconds(part, "release"));
    }

    private Wiring relay(YamlSection part, String name) {
        boolean activeHigh =
                !part.has("active") || part.choice("active", List.of("high", "low")) == 0;
        return new PartProfile.Relay(
                line(part, "line", name), activeHigh, part.safe(List.of("on", "off")) == 0);
    }

    private Wiring lamp(YamlSection part, String name) {
        part.safe(List.of("off"));
        return new PartProfile.Lamp(
                line(part, "red", name), line(part, "green", name), line(part, "blue", name));
    }

    private Wiring bumper(YamlSection part, String name) {
        return new PartProfile.Bumper(
                line(part, "line", name),
                part.choice("contact", List.of("normally-closed", "normally-open")) == 0);
    }

    private Wiring hcSr04(YamlSection part, String name) {
        return new PartProfile.HcSr04(
                line(part, "trigger", name),
                line(part, "echo", name),
                part.number("reach", 0.05, HcSr04.REACH_METERS));
    }

    private Wiring vl53l0x(YamlSection part, String name) {
        return new PartProfile.Vl53l0x(
                chip(part, name, 0x08, 0x77), part.number("reach", 0.05, Vl53l0x.REACH_METERS));
    }

    private Wiring tfMini(YamlSection part, String name) {
        Path serial = Path.of(part.text("serial"));
        part.claim("serial", name, new Resource.Serial(serial));
        return new PartProfile.TfMini(serial, part.number("reach", 0.3, 12));
    }

    private Wiring mpu6050(YamlSection part, String name) {
        return new PartProfile.Mpu6050(chip(part, name, 0x68, 0x69));
    }

    private Wiring bme280(YamlSection part, String name) {
        return new PartProfile.Bme280(chip(part, name, 0x76, 0x77));
    }

    private Wiring ina(YamlSection part, String name, InaBattery.Chip model) {
        I2cChip chip = chip(part, name, 0x40, 0x4F);
        double empty = part.number("empty", 1, 60);
        double full = part.number("full", 1, 60);
        if (full <= empty) {
            throw part.wrong("full", "must be more volts than empty");
        }
        double shunt = part.has("shunt") ? part.number("shunt", 1e-5, 10) : USUAL_SHUNT_OHMS;
        return new PartProfile.Battery(chip, model, new InaBattery.Cell(empty, full, shunt));
    }

    private static Duration microseconds(YamlSection section, String key) {
        return Duration.ofNanos(1000L * section.integer(key, 400, 2600));
    }
}
