package stock;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import java.util.concurrent.atomic.AtomicInteger;

/** Blinks a LED, faster with every press of a button, and ends with the fifth. */
public final class LedAndButton {

    private static final int LED = 22;
    private static final int BUTTON = 24;
    private static final int PRESSES = 5;

    private LedAndButton() {}

    public static void main(String[] arguments) throws InterruptedException {
        Context pi4j = Pi4J.newAutoContext();
        DigitalOutput led =
                pi4j.create(
                        DigitalOutput.newConfigBuilder(pi4j)
                                .id("led")
                                .name("LED")
                                .bcm(LED)
                                .initial(DigitalState.LOW)
                                .shutdown(DigitalState.LOW)
                                .build());
        DigitalInput button =
                pi4j.create(
                        DigitalInput.newConfigBuilder(pi4j)
                                .id("button")
                                .name("Button")
                                .bcm(BUTTON)
                                .pull(PullResistance.PULL_DOWN)
                                .debounce(3000L)
                                .build());
        var presses = new AtomicInteger();
        button.addListener(event -> {
            if (event.state() == DigitalState.HIGH) {
                System.out.println("pressed " + presses.incrementAndGet());
            }
        });
        System.out.println("blinking");
        while (presses.get() < PRESSES) {
            led.toggle();
            Thread.sleep(500 / (presses.get() + 1));
        }
        pi4j.shutdown();
        System.out.println("done");
    }
}
