package dev.outrider.hal.device;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.PartException;

/** A lamp of a red, a green and a blue light that are on or off. Orange shows as yellow. */
public final class RgbLamp implements Lamp {

    private final String name;
    private final DigitalOutput red;
    private final DigitalOutput green;
    private final DigitalOutput blue;
    private volatile LampColor color = LampColor.OFF;

    public RgbLamp(String name, DigitalOutput red, DigitalOutput green, DigitalOutput blue) {
        this.name = name;
        this.red = red;
        this.green = green;
        this.blue = blue;
        rest();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void show(LampColor wanted) {
        switch (wanted) {
            case OFF -> light(false, false, false);
            case WHITE -> light(true, true, true);
            case RED -> light(true, false, false);
            case ORANGE, YELLOW -> light(true, true, false);
            case GREEN -> light(false, true, false);
            case CYAN -> light(false, true, true);
            case BLUE -> light(false, false, true);
            case PURPLE -> light(true, false, true);
        }
        color = wanted;
    }

    private void light(boolean withRed, boolean withGreen, boolean withBlue) {
        try {
            red.setState(withRed);
            green.setState(withGreen);
            blue.setState(withBlue);
        } catch (Pi4JException e) {
            throw new PartException(name, "show", e);
        }
    }

    @Override
    public LampColor color() {
        return color;
    }
}
