package dev.outrider.hal.pi4j;

import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmProviderBase;

/** Makes hardware PWM outputs, each of which is a {@link PulsePwm}. */
final class LinuxPwmProvider extends PwmProviderBase {

    static final String PARENT_PROPERTY = "outrider.pwm.parent";

    LinuxPwmProvider() {
        super("outrider-pwm", "Outrider PWM");
    }

    @Override
    public Pwm create(PwmConfig config) {
        var pwm = new LinuxPwm(this, config);
        context.registry().add(pwm);
        return pwm;
    }
}
